/* What script adds to the search page.  Every view is an address that the server answers with a whole page, and works without
 * this file; here addresses are fetched while one types or clicks, and what came takes the place of what is shown.  No text of a
 * report is put together here: drawings are made from the data-* attributes of the lists that the server wrote. */
import { combobox, make, ofInputMethod, optionsOf, textsOf, whenTyped } from '/nq-search.js';

const zh = document.documentElement.lang.startsWith('zh');
/* Texts, besides those of the box. */
const T = { ...textsOf(document.documentElement.lang), ...(zh ? {
  more: '更多', offline: '无法连接服务器，请稍后再试。', events: n => `${n} 个事件`, drawing: '时间线图：左右键在事件间移动', nearer: '放大', farther: '缩小', all: '全部',
  zoom: month => `只看 ${month}`, back: '返回各年', milestone: '目标与期限', document: '文件', event: '事件', earlier: '更早', later: '更晚', checking: '正在查重…',
  keys: ['/ 搜索', '↓ ↑ 结果', 'Enter 打开', 'Esc 返回'], drop: '也可以把文本文件拖到这里', tooBig: '文件太大（上限 1 MB）',
} : {
  more: 'More', offline: 'The server cannot be reached; try again later.', events: n => `${n} events`, drawing: 'Drawn timeline: left and right move between events',
  nearer: 'Zoom in', farther: 'Zoom out', all: 'All', zoom: month => `Only ${month}`, back: 'All years', milestone: 'Targets and deadlines', document: 'Document', event: 'Event', earlier: 'Earlier', later: 'Later',
  checking: 'Checking…', keys: ['/ search', '↓ ↑ results', 'Enter open', 'Esc back'], drop: 'or drop a text file here', tooBig: 'The file is too large (1 MB at most)',
}) };
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const main = $('#main'), form = $('#search'), input = $('#q'), live = $('#live');

/* As make(), in SVG. */
function draw(name, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/* ---- pages ---------------------------------------------------------------------------------- */

let going = null, announcing = 0;

function announce(text) {
  clearTimeout(announcing);
  announcing = setTimeout(() => { live.textContent = text; }, 400);
}

async function fetchPage(address, options = {}) {
  const answer = await fetch(address, { headers: { Accept: 'text/html' }, ...options });
  if (!(answer.headers.get('Content-Type') ?? '').startsWith('text/html')) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

/* Puts a fetched page in place; the query stays as it is being typed where `typing`. */
function put(page, typing) {
  for (const selector of ['#main', '#facets', '.tabs', '#fields'])
    $(selector).replaceChildren(...document.adoptNode($(selector, page)).childNodes);
  document.title = page.title;
  if (!typing) input.value = $('#q', page).value;
  enhance();
  const count = $('.count, .none, .problem, h2', main)?.cloneNode(true);
  if (count) {
    $('small', count)?.remove();
    announce(count.textContent);
  }
}

/* Shows `address`.  `how`: push or replace (the history), or pop (it has moved already); `typing` keeps focus and query: 'done', or
 * 'yet' while one may still go on. */
async function go(address, { how = 'push', typing = '', post } = {}) {
  const url = new URL(address, location.href), y = history.state?.y ?? 0;
  clearTimeout(scrolled); // what was scrolled before is no place of where the history is now
  going?.abort();
  going = new AbortController();
  const { signal } = going;
  const slow = setTimeout(() => main.setAttribute('aria-busy', 'true'), 150);
  try {
    const page = await fetchPage(url, { signal, ...(post && { method: 'POST', body: new URLSearchParams(post) }) });
    if (signal.aborted) return;
    if (typing === 'yet' && $('.problem', page)) return; // a quotation, say, that is not closed yet
    if (how !== 'pop') remember();
    if (how === 'push') history.pushState({}, '', url);
    if (how === 'replace') history.replaceState({}, '', url);
    session = typing === 'yet';
    put(page, typing);
    if (typing) return;
    const target = url.hash.length > 1 ? document.getElementById(decodeURIComponent(url.hash.slice(1))) : null;
    if (how === 'pop') scrollTo(0, y);
    else if (target) target.scrollIntoView();
    else if (post) $('.count', main)?.scrollIntoView({ block: 'start' });
    else scrollTo(0, 0);
    if (how === 'push' && document.activeElement !== input) main.focus({ preventScroll: true });
  } catch (error) {
    if (signal.aborted) return;
    main.replaceChildren(make('p', { class: 'problem', role: 'alert' }, T.offline));
  } finally {
    clearTimeout(slow);
    if (!signal.aborted) main.removeAttribute('aria-busy');
  }
}

/* Where the page stands is part of its place in the history. */
function remember() {
  if (history.state?.y !== Math.round(scrollY)) history.replaceState({ ...history.state, y: Math.round(scrollY) }, '');
}

/* The address of the search form as it stands. */
function formAddress() {
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) params.append(name, value.trim());
  return params.size || $('[name=view]', form) ? `/?${params}` : '/';
}

let scrolled = 0;
history.scrollRestoration = 'manual';
addEventListener('scroll', () => {
  clearTimeout(scrolled);
  scrolled = setTimeout(remember, 120);
}, { passive: true });
addEventListener('popstate', () => { session = false; go(location.href, { how: 'pop' }); });

document.addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.getAttribute('href'), location.href);
  if (url.origin !== location.origin || link.target || !/^\/(?:$|check$|passage\/|report\/)/.test(url.pathname)) return;
  if (url.hash && url.pathname + url.search === location.pathname + location.search) return;
  event.preventDefault();
  session = false;
  if (link.rel === 'next') more(link);
  else go(url);
});

/* Appends the next page of hits; the address then asks for all that is shown. */
async function more(link) {
  const pages = link.closest('nav');
  link.setAttribute('aria-busy', 'true');
  try {
    const page = await fetchPage(link.href);
    const hits = $$('ol.hits > li', page).map(hit => document.adoptNode(hit));
    $('ol.hits', main).append(...hits);
    const next = $('nav.pages a[rel=next]', page);
    pages.replaceChildren(...(next ? [document.adoptNode(next)] : []));
    enhance();
    $('a.title', hits[0] ?? main)?.focus();
    const url = new URL(location.href);
    const first = Number(url.searchParams.get('offset') ?? 0);
    const n = $$('ol.hits > li', main).length;
    if (!first && n <= 100) {
      url.searchParams.set('n', n);
      history.replaceState(history.state, '', url);
    }
  } catch {
    link.removeAttribute('aria-busy');
    announce(T.offline);
  }
}

/* ---- the search field ----------------------------------------------------------------------- */

let session = false, searching = 0; // session: the place in the history is of what is being typed
const list = make('ul', { 'id': 'options', 'class': 'options', 'aria-label': input.placeholder });
form.append(list);

const box = combobox(input, list, {
  load: async (text, signal) => {
    const answer = await fetch(`/api/suggest?q=${encodeURIComponent(text)}&n=8`, { signal });
    return answer.ok ? optionsOf(await answer.json(), T).filter(option => option.text !== text) : [];
  },
  choose: option => {
    input.value = option.text;
    search();
  },
  announce: n => { if (n) announce(T.options(n)); },
});

/* Shows what is typed: the first letter makes a new place in the history, the others replace it. */
function search(typing = false) {
  clearTimeout(searching);
  const view = $('[name=view]', form)?.value;
  const how = typing && session ? 'replace' : 'push';
  const address = formAddress();
  if (!typing && address === location.pathname + location.search) {
    session = false;
    return;
  }
  if (typing && !input.value.trim() && view !== 'topics' && location.pathname !== '/') return;
  go(address, { how, typing: typing ? 'yet' : 'done' });
}

const composing = whenTyped(input, () => {
  box.typed();
  clearTimeout(searching);
  searching = setTimeout(() => search(true), 160);
});

form.addEventListener('submit', event => {
  event.preventDefault();
  if (composing()) return;
  box.close();
  search();
});

/* ---- keyboard ------------------------------------------------------------------------------- */

const steps = '.hits .title, .event .coverage li:first-child a, .topics a, .best';

document.addEventListener('keydown', event => {
  if (ofInputMethod(event) || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
  const at = document.activeElement;
  const writing = at.matches('input, textarea, select');
  if (event.key === '/' && !writing) {
    event.preventDefault();
    input.focus();
    input.select();
  } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && (at === input || at.matches(steps))) {
    const places = $$(steps, main).filter(place => place.offsetParent);
    const next = places.indexOf(at) + (event.key === 'ArrowDown' ? 1 : -1);
    if (next >= places.length || (at === input && next < 0)) return;
    event.preventDefault();
    box.close();
    (places[next] ?? input).focus();
  } else if (event.key === 'Escape' && main.contains(at) && !writing) {
    input.focus();
  }
});

/* ---- what is drawn -------------------------------------------------------------------------- */

const withParams = (href, params) => {
  const url = new URL(href, location.href);
  for (const [name, value] of Object.entries(params)) value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
  return url.pathname + url.search;
};
const monthNumber = text => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
const monthText = n => `${String(Math.floor(n / 12)).padStart(4, '0')}-${String(n % 12 + 1).padStart(2, '0')}`;

/* Makes a list of months a histogram: a bar for each, years where they are many, then the months of the year that is chosen. */
function histogram(block) {
  const bars = $('ul', block), links = $$('a[data-count]', block).filter(a => /^\d{4}-\d\d$/.test(a.dataset.value));
  if (links.length < 2) return;
  const counts = new Map(links.map(a => [monthNumber(a.dataset.value), a]));
  const first = Math.min(...counts.keys()), last = Math.max(...counts.keys());
  const params = new URLSearchParams(location.search);
  const from = params.get('from') ?? '', to = params.get('to') ?? '';
  const year = from && from.slice(0, 4) === to.slice(0, 4) ? from.slice(0, 4) : '';
  const cells = [];
  const cell = (value, count, on, href) => cells.push({ value, count, on, href });
  const plain = withParams(links[0].href, { from: '', to: '', offset: '', n: '' });
  const toggle = (value, on) => withParams(plain, on ? {} : { from: value, to: value });
  const many = last - first >= 48;
  if (many && !year) {
    const years = new Map();
    for (const [n, a] of counts) years.set(Math.floor(n / 12), (years.get(Math.floor(n / 12)) ?? 0) + Number(a.dataset.count));
    for (let y = Math.floor(first / 12); y <= Math.floor(last / 12); y++) {
      const value = String(y).padStart(4, '0');
      cell(value, years.get(y) ?? 0, from === value && to === value, toggle(value, from === value && to === value));
    }
  } else {
    const [low, high] = many ? [Number(year) * 12, Number(year) * 12 + 11] : [first, last];
    for (let n = low; n <= high; n++) {
      const value = monthText(n), on = from.slice(0, 7) <= value && value <= to.slice(0, 7) && !!from && (from.length > 4 || !many);
      cell(value, Number(counts.get(n)?.dataset.count ?? 0), on, toggle(value, from === value && to === value));
    }
  }
  const most = Math.max(...cells.map(c => c.count), 1);
  bars.className = 'bars';
  bars.replaceChildren(...cells.map(({ value, count, on, href }) => {
    const item = make('li');
    item.style.setProperty('--h', count ? Math.max(count / most, 0.04) : 0);
    if (count) {
      const link = make('a', { href, title: `${value} · ${T.passages(count)}`, 'data-value': value, 'data-count': count },
        make('span', { class: 'unseen' }, `${value} · ${T.passages(count)}`));
      if (on) link.setAttribute('aria-current', 'true');
      item.append(link);
    }
    return item;
  }));
  const ends = make('p', { class: 'ends' }, make('span', {}, cells[0].value), make('span', {}, cells.at(-1).value));
  if (many && year) ends.insertBefore(make('a', { href: plain }, T.back), ends.lastChild);
  bars.after(ends);
}

/* Counts as a line with what is below it. */
function sparkline(counts, width, height) {
  const most = Math.max(...counts, 1), step = (width - 4) / Math.max(counts.length - 1, 1);
  const line = counts.map((n, i) => `${(2 + i * step).toFixed(1)},${(height - 2 - n / most * (height - 6)).toFixed(1)}`);
  return draw('svg', { 'class': 'spark', 'viewBox': `0 0 ${width} ${height}`, 'width': width, 'height': height, 'aria-hidden': 'true', 'preserveAspectRatio': 'none' },
    draw('polygon', { points: `2,${height - 2} ${line.join(' ')} ${width - 2},${height - 2}` }), draw('polyline', { points: line.join(' ') }));
}

/* The months of one topic, above their list; and of each in a list, beside its name. */
function topicMonths(section) {
  const counts = new Map($$('a[data-count]', section).map(a => [monthNumber(a.dataset.value), Number(a.dataset.count)]));
  const first = Math.min(...counts.keys()), last = Math.max(...counts.keys());
  if (counts.size > 1) $('ul', section).before(sparkline(Array.from({ length: last - first + 1 }, (_, i) => counts.get(first + i) ?? 0), 640, 72));
}
function topicLine(item) {
  const counts = item.dataset.counts.trim().split(' ').map(Number);
  if (counts.length > 1) item.append(sparkline(counts, 48, 16));
}

/* ---- the timeline --------------------------------------------------------------------------- */

/* The axis gives every month that holds something the same room and closes up the empty stretches between, so that a target
 * for 2030 does not squeeze this spring into a dot. */
function axisOf(events, passages) {
  const [first, last] = [events[0].month, events.at(-1).month];
  const months = new Set([...[...passages.keys()].filter(m => m > first && m < last), ...events.map(e => e.month)]);
  const used = [...months].sort((a, b) => a - b);
  const spans = [];
  for (const month of used) {
    const gap = spans.length ? month - spans.at(-1).month - 1 : 0;
    if (gap > 0 && gap < 3) for (let m = month - gap; m < month; m++) spans.push({ month: m, room: 1 });
    spans.push({ month, room: 1, broken: gap >= 3 });
  }
  return spans;
}

function timeline(listOfEvents) {
  const today = new Date().toISOString().slice(0, 10);
  const events = $$(':scope > .event', listOfEvents).map((item, i) => {
    const { date, end, importance } = item.dataset;
    const milestone = item.classList.contains('milestone');
    const day = milestone && end ? end : date;
    item.id ||= `e${i + 1}`;
    item.style.setProperty('--w', importance);
    item.tabIndex = -1;
    return { item, day, milestone, month: monthNumber(day), weight: Number(importance) || 0, label: $('h3', item).textContent.trim(),
      when: $('time', item).textContent.trim(), document: 'document' in item.dataset };
  });
  if (!events.length) return;
  events.sort((a, b) => a.day.localeCompare(b.day));
  listOfEvents.append(...events.map(e => e.item));
  const passages = new Map($$('#facets .months a[data-count]').map(a => [monthNumber(a.dataset.value), Number(a.dataset.count)]));
  const all = axisOf(events, passages);
  let low = 0, high = all.length;

  const holder = make('div', { class: 'drawing' });
  const tools = make('p', { class: 'tools' });
  const figure = make('figure', { class: 'figure' }, tools, holder);
  const button = (text, name, act) => {
    const element = make('button', { 'type': 'button', 'aria-label': name, 'title': name }, text);
    element.addEventListener('click', act);
    return element;
  };
  const middle = () => Math.floor((low + high) / 2);
  const zoom = (a, b) => {
    low = Math.max(0, Math.min(a, all.length - 1));
    high = Math.min(all.length, Math.max(b, low + 1));
    render();
  };
  const nearer = button('+', T.nearer, () => { const n = Math.max(1, Math.ceil((high - low) / 2)); zoom(middle() - Math.floor(n / 2), middle() - Math.floor(n / 2) + n); });
  const farther = button('−', T.farther, () => { const n = high - low; zoom(low - Math.ceil(n / 2), low - Math.ceil(n / 2) + n * 2); });
  const whole = button(T.all, T.all, () => zoom(0, all.length));
  const earlier = button('‹', T.earlier, () => { const n = high - low, a = Math.max(0, low - Math.max(1, n >> 1)); zoom(a, a + n); });
  const later = button('›', T.later, () => { const n = high - low, b = Math.min(all.length, high + Math.max(1, n >> 1)); zoom(b - n, b); });
  const legend = make('span', { 'class': 'legend', 'aria-hidden': 'true' });
  for (const kind of ['event', 'document', 'milestone'])
    legend.append(make('span', {}, draw('svg', { viewBox: '-7 -7 14 14', class: 'key' }, mark(kind, 5)), T[kind]));
  tools.append(legend, make('span', {}, earlier, nearer, farther, later, whole));
  listOfEvents.before(figure);

  function mark(kind, r) {
    if (kind === 'document') return draw('rect', { class: kind, x: -r * 0.85, y: -r * 0.85, width: r * 1.7, height: r * 1.7, rx: 1.5 });
    return draw('circle', { class: kind, r });
  }

  function render() {
    const width = Math.max(holder.clientWidth, 240), narrow = width < 560;
    const spans = all.slice(low, high), edge = 14, room = width - edge * 2;
    const breaks = spans.filter((s, i) => i && s.broken).length, gap = Math.min(18, room / 4 / Math.max(breaks, 1));
    const unit = (room - breaks * gap) / spans.length;
    let x = edge;
    spans.forEach((span, i) => {
      if (i && span.broken) x += gap;
      span.x = x;
      x += unit;
    });
    const at = new Map(spans.map(span => [span.month, span]));
    const shown = events.filter(e => at.has(e.month));
    const dayX = day => {
      const span = at.get(monthNumber(day)), length = new Date(Date.UTC(+day.slice(0, 4), +day.slice(5, 7), 0)).getUTCDate();
      return span.x + (Number(day.slice(8, 10)) - 0.5) / length * unit;
    };
    /* Dots stand on one another where their days meet. */
    const radius = e => 3 + e.weight * (narrow ? 3.5 : 4.5);
    const piles = [];
    for (const e of shown) {
      e.x = Math.min(Math.max(dayX(e.day), edge), width - edge);
      e.r = radius(e);
      e.level = 0;
      while (piles.some(o => o.level === e.level && Math.abs(o.x - e.x) < o.r + e.r)) e.level++;
      piles.push(e);
    }
    const step = narrow ? 13 : 15, levels = Math.min(Math.max(0, ...piles.map(e => e.level)), 9);
    /* The weightiest events get their names, where there is room for them. */
    const size = 13, lanes = narrow ? 3 : 5, laneHeight = 21, taken = [];
    const widthOf = text => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2000 ? size : size * 0.56), 0);
    for (const e of [...shown].sort((a, b) => b.weight - a.weight)) {
      e.lane = -1;
      const chars = [...e.label];
      for (const most of narrow ? [18, 11] : [26, 15]) {
        const text = chars.length > most ? `${chars.slice(0, most - 1).join('')}…` : e.label;
        const w = widthOf(text), start = e.x + w + 4 > width ? Math.max(2, Math.min(e.x + 4, width - 2) - w) : e.x - 4;
        for (let lane = 0; lane < lanes && e.lane < 0; lane++) {
          const clash = taken.some(o => (o.lane === lane && start < o.end + 12 && o.start < start + w + 12)
            || (o.lane > lane && o.x > start - 3 && o.x < start + w + 3) || (o.lane < lane && e.x > o.start - 3 && e.x < o.end + 3));
          if (clash) continue;
          Object.assign(e, { lane, start, text });
          taken.push({ lane, start, end: start + w, x: e.x });
        }
      }
    }
    const used = Math.max(0, ...taken.map(o => o.lane + 1));
    const base = used * laneHeight + levels * step + 26, height = base + 58;
    const svg = draw('svg', { 'width': width, 'height': height, 'viewBox': `0 0 ${width} ${height}`, 'role': 'group', 'aria-label': T.drawing });

    const most = Math.max(1, ...passages.values());
    let lastLabel = -Infinity, yearEnd = 0;
    const years = new Set();
    spans.forEach((span, i) => {
      const value = monthText(span.month), count = passages.get(span.month) ?? 0, year = value.slice(0, 4);
      const group = draw('g', { 'class': 'month', 'role': 'button', 'tabindex': -1, 'aria-label': `${T.zoom(value)} · ${T.passages(count)}` },
        draw('rect', { class: 'hit', x: span.x, y: base, width: unit, height: 56 }),
        draw('line', { x1: span.x, x2: span.x, y1: base, y2: base + 5 }));
      if (count) group.append(draw('rect', { class: 'volume', x: span.x + unit * 0.12, width: unit * 0.76, y: base + 4, height: 2 + count / most * 12, rx: 1 }));
      const text = spans.length > 1 && unit * 12 < 40 ? '' : zh ? `${+value.slice(5)}月` : value.slice(5);
      const newYear = !years.has(year);
      if (text && (span.x + unit / 2 - lastLabel >= 34)) {
        group.append(draw('text', { x: span.x + unit / 2, y: base + 34, 'text-anchor': 'middle' }, text));
        lastLabel = span.x + unit / 2;
      }
      if (newYear && span.x > yearEnd) {
        years.add(year);
        const end = span.x + 32 > width;
        svg.append(draw('text', { 'class': 'year', 'x': end ? width : span.x + 2, 'y': base + 52, 'text-anchor': end ? 'end' : 'start' }, year));
        yearEnd = span.x + 36;
      }
      if (i && span.broken) svg.append(draw('path', { class: 'break', d: `M${span.x - gap / 2 - 3} ${base + 5}l4-10m2 10l4-10` }));
      group.addEventListener('click', () => zoom(low + i, low + i + 1));
      svg.append(group);
    });
    const nowX = spans.findLast(s => monthText(s.month) <= today.slice(0, 7));
    const end = nowX ? Math.min(nowX.x + unit * (monthText(nowX.month) === today.slice(0, 7) ? Number(today.slice(8)) / 31 : 1), width - edge) : edge;
    svg.append(draw('line', { class: 'axis', x1: edge, x2: end, y1: base, y2: base }));
    if (end < width - edge) svg.append(draw('line', { class: 'axis ahead', x1: end, x2: width - edge, y1: base, y2: base }));
    for (const e of shown) {
      e.y = base - 10 - Math.min(e.level, levels) * step;
      if (e.lane < 0) continue;
      const y = 15 + (used - 1 - e.lane) * laneHeight;
      svg.append(draw('line', { class: 'lead', x1: e.x, x2: e.x, y1: y + 5, y2: e.y }),
        draw('text', { class: 'label', x: e.start, y }, e.text));
    }
    shown.forEach((e, i) => {
      const link = draw('a', { 'href': `#${e.item.id}`, 'tabindex': i ? -1 : 0, 'aria-label': `${e.when} ${e.label}`, 'transform': `translate(${e.x} ${e.y})` },
        draw('circle', { class: 'reach', r: Math.max(e.r + 3, 9) }), mark(e.milestone ? 'milestone' : e.document ? 'document' : 'event', e.r),
        draw('title', {}, `${e.when} ${e.label}`));
      link.addEventListener('click', event => {
        event.preventDefault();
        e.item.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
        e.item.focus({ preventScroll: true });
      });
      svg.append(link);
    });
    svg.addEventListener('keydown', event => {
      const links = $$('a', svg), i = links.indexOf(document.activeElement);
      const next = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: links.length - 1 }[event.key];
      if (i < 0 || !links[next]) return;
      event.preventDefault();
      links[i].setAttribute('tabindex', -1);
      links[next].setAttribute('tabindex', 0);
      links[next].focus();
    });
    holder.replaceChildren(svg);
    nearer.disabled = high - low <= 1;
    farther.disabled = whole.disabled = high - low >= all.length;
    earlier.disabled = low === 0;
    later.disabled = high === all.length;
    let n = 0;
    for (const e of events) {
      e.item.hidden = !at.has(e.month);
      n += e.item.hidden ? 0 : 1;
    }
    if (figure.dataset.n && figure.dataset.n !== String(n)) announce(T.events(n));
    figure.dataset.n = n;
  }
  render();
  let seen = holder.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(holder.clientWidth - seen) > 2 && holder.isConnected) {
      seen = holder.clientWidth;
      render();
    }
  }).observe(holder);
}

/* ---- checking a draft ----------------------------------------------------------------------- */

/* The text of a file: UTF-8, else what Chinese Windows writes. */
function decode(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function checkForm(element) {
  const area = $('textarea', element);
  element.addEventListener('submit', event => {
    event.preventDefault();
    announce(T.checking);
    go(element.getAttribute('action'), { post: new FormData(element) });
  });
  area.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !ofInputMethod(event)) element.requestSubmit();
  });
  area.addEventListener('dragover', event => event.preventDefault());
  area.addEventListener('drop', async event => {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    if (file.size > 1 << 20) announce(T.tooBig);
    else area.value = decode(await file.arrayBuffer());
  });
  if (!area.placeholder) area.placeholder = T.drop;
}

/* ---- everything that is shown --------------------------------------------------------------- */

function enhance() {
  for (const block of $$('#facets .months')) if (!$('.bars', block)) histogram(block);
  for (const section of $$('section.months', main)) if (!$('.spark', section)) topicMonths(section);
  for (const item of $$('.topic[data-counts]', main)) if (!$('.spark', item)) topicLine(item);
  const events = $('ol.timeline', main);
  if (events && !$('.figure', main)) timeline(events);
  const check = $('form.check', main);
  if (check && !check.dataset.ready) {
    check.dataset.ready = 'yes';
    checkForm(check);
  }
  const next = $('nav.pages a[rel=next]', main);
  if (next) next.textContent = T.more;
}

document.body.append(make('footer', { 'class': 'keys', 'aria-hidden': 'true' }, ...T.keys.map(key => make('span', {}, key))));
document.documentElement.classList.add('js');
enhance();
if ($('.home') && matchMedia('(hover: hover)').matches) input.focus();
