/* What is drawn on the search page, from the data-* attributes of lists that the server wrote: months as bars, counts as lines, a
 * timeline. */
import { make, textsOf } from '/nq-search.js';

const { lang } = document.documentElement, zh = lang.startsWith('zh');
/* Texts of the page's language, besides those of the box. */
export const textsIn = (chinese, english) => ({ ...textsOf(lang), ...(zh ? chinese : english) });
const T = textsIn({
  events: n => `${n} 个事件`, drawing: '时间线图：左右键在事件间移动', nearer: '放大', farther: '缩小', all: '全部', earlier: '更早', later: '更晚',
  zoom: month => `只看 ${month}`, back: '返回各年', milestone: '目标与期限', document: '文件', event: '事件',
}, {
  events: n => `${n} events`, drawing: 'Drawn timeline: left and right move between events', nearer: 'Zoom in', farther: 'Zoom out', all: 'All',
  earlier: 'Earlier', later: 'Later', zoom: month => `Only ${month}`, back: 'All years', milestone: 'Targets and deadlines', document: 'Document', event: 'Event',
});
export const $ = (selector, from = document) => from.querySelector(selector);
export const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

/* As make(), in SVG. */
function draw(name, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
const line = (kind, x1, y1, x2, y2) => draw('line', { class: kind, x1, y1, x2, y2 });

const withParams = (href, params) => {
  const url = new URL(href, location.href);
  for (const [name, value] of Object.entries(params)) value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
  return url.pathname + url.search;
};
const monthNumber = text => text.slice(0, 4) * 12 + +text.slice(5, 7) - 1;
const monthText = n => `${String(Math.floor(n / 12)).padStart(4, '0')}-${String(n % 12 + 1).padStart(2, '0')}`;

/* How much each month of a list has. */
const countsOf = block => new Map($$('a[data-count]', block).map(a => [monthNumber(a.dataset.value), +a.dataset.count]));

/* Makes a list of months a histogram: a bar for each, years where they are many, then the months of the year that is chosen. */
export function histogram(block) {
  const bars = $('ul', block), links = $$('a[data-count]', block), counts = countsOf(block);
  if (counts.size < 2) return;
  const first = Math.min(...counts.keys()), last = Math.max(...counts.keys());
  const params = new URLSearchParams(location.search);
  const from = params.get('from') ?? '', to = params.get('to') ?? '';
  const year = from && from.slice(0, 4) === to.slice(0, 4) ? from.slice(0, 4) : '';
  const plain = withParams(links[0].href, { from: '', to: '', offset: '', n: '' });
  const cells = [];
  const chosen = value => from === value && to === value;
  const cell = (value, count = 0, on) => cells.push({ value, count, on, href: chosen(value) ? plain : withParams(plain, { from: value, to: value }) });
  const many = last - first >= 48;
  if (many && !year) {
    const years = new Map();
    for (const [n, count] of counts) years.set(Math.floor(n / 12), (years.get(Math.floor(n / 12)) ?? 0) + count);
    for (let y = Math.floor(first / 12); y <= Math.floor(last / 12); y++) {
      const value = monthText(y * 12).slice(0, 4);
      cell(value, years.get(y), chosen(value));
    }
  } else {
    const [low, high] = many ? [year * 12, year * 12 + 11] : [first, last];
    for (let n = low; n <= high; n++) {
      const value = monthText(n);
      cell(value, counts.get(n), from.slice(0, 7) <= value && value <= to.slice(0, 7) && from && (from.length > 4 || !many));
    }
  }
  const most = Math.max(...cells.map(c => c.count), 1);
  bars.className = 'bars';
  bars.replaceChildren(...cells.map(({ value, count, on, href }) => {
    const item = make('li');
    item.style.setProperty('--h', count ? Math.max(count / most, 0.04) : 0);
    if (count) {
      const title = `${value} · ${T.passages(count)}`;
      const link = make('a', { href, title, 'data-value': value, 'data-count': count }, make('span', { class: 'unseen' }, title));
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
  const points = counts.map((n, i) => `${(2 + i * step).toFixed(1)},${(height - 2 - n / most * (height - 6)).toFixed(1)}`).join(' ');
  return draw('svg', { 'class': 'spark', width, height, 'viewBox': `0 0 ${width} ${height}`, 'aria-hidden': true, 'preserveAspectRatio': 'none' },
    draw('polygon', { points: `2,${height - 2} ${points} ${width - 2},${height - 2}` }), draw('polyline', { points }));
}

/* Draws the months of one topic above their list, and those of each topic of a list beside its name. */
export function sparklines(from) {
  for (const section of $$('section.months:not(:has(.spark))', from)) {
    const counts = countsOf(section);
    const first = Math.min(...counts.keys()), last = Math.max(...counts.keys());
    if (counts.size > 1) $('ul', section).before(sparkline(Array.from({ length: last - first + 1 }, (_, i) => counts.get(first + i) ?? 0), 640, 72));
  }
  for (const item of $$('.topic[data-counts]:not(:has(.spark))', from)) {
    const counts = item.dataset.counts.trim().split(' ').map(Number);
    if (counts.length > 1) item.append(sparkline(counts, 48, 16));
  }
}

/* The axis gives every month that holds something the same room and closes up the empty stretches between, so that a target
 * for 2030 does not squeeze this spring into a dot. */
function axisOf(events, passages) {
  const [first, last] = [events[0].month, events.at(-1).month];
  const months = new Set([...[...passages.keys()].filter(m => m > first && m < last), ...events.map(e => e.month)]);
  const spans = [];
  for (const month of [...months].sort((a, b) => a - b)) {
    const gap = spans.length ? month - spans.at(-1).month - 1 : 0;
    if (gap > 0 && gap < 3) for (let m = month - gap; m < month; m++) spans.push({ month: m });
    spans.push({ month, broken: gap >= 3 });
  }
  return spans;
}

/* Gives months their places from `edge` to `width - edge`: how wide one is, and the gap where some are left out. */
function stretch(spans, width, edge) {
  const room = width - edge * 2, breaks = spans.filter((s, i) => i && s.broken).length;
  const gap = Math.min(18, room / 4 / Math.max(breaks, 1)), unit = (room - breaks * gap) / spans.length;
  let x = edge;
  spans.forEach((span, i) => {
    if (i && span.broken) x += gap;
    span.x = x;
    x += unit;
  });
  return { unit, gap };
}

/* Dots stand on one another where their days meet; gives back how high, at most. */
function pile(events) {
  events.forEach((e, i) => {
    e.level = 0;
    while (events.slice(0, i).some(o => o.level === e.level && Math.abs(o.x - e.x) < o.r + e.r)) e.level++;
  });
  return Math.min(Math.max(0, ...events.map(e => e.level)), 9);
}

/* The weightiest events get their names, in lanes above one another, where there is room for them; gives back how many lanes. */
function name(events, width, narrow) {
  const lanes = narrow ? 3 : 5, taken = [];
  const widthOf = text => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2000 ? 13 : 7.3), 0);
  for (const e of [...events].sort((a, b) => b.weight - a.weight)) {
    const chars = [...e.label];
    e.lane = -1;
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
  return Math.max(0, ...taken.map(o => o.lane + 1));
}

function mark(kind, r) {
  if (kind === 'document') return draw('rect', { class: kind, x: -r * 0.85, y: -r * 0.85, width: r * 1.7, height: r * 1.7, rx: 1.5 });
  return draw('circle', { class: kind, r });
}

/* Draws the months below `base`, passages as their volume; `zoom` is called with the number of one. */
function drawMonths(svg, spans, { unit, gap }, { width, base, passages, zoom }) {
  const most = Math.max(1, ...passages.values()), years = new Set();
  let labelled = -Infinity, yearEnd = 0;
  spans.forEach((span, i) => {
    const value = monthText(span.month), count = passages.get(span.month) ?? 0, year = value.slice(0, 4), middle = span.x + unit / 2;
    const group = draw('g', { 'class': 'month', 'role': 'button', 'tabindex': -1, 'aria-label': `${T.zoom(value)} · ${T.passages(count)}` },
      draw('rect', { class: 'hit', x: span.x, y: base, width: unit, height: 56 }),
      line('tick', span.x, base, span.x, base + 5));
    if (count) group.append(draw('rect', { class: 'volume', x: span.x + unit * 0.12, width: unit * 0.76, y: base + 4, height: 2 + count / most * 12, rx: 1 }));
    if ((spans.length < 2 || unit * 12 >= 40) && middle - labelled >= 34) {
      group.append(draw('text', { x: middle, y: base + 34, 'text-anchor': 'middle' }, zh ? `${+value.slice(5)}月` : value.slice(5)));
      labelled = middle;
    }
    if (!years.has(year) && span.x > yearEnd) {
      years.add(year);
      const end = span.x + 32 > width;
      svg.append(draw('text', { 'class': 'year', 'x': end ? width : span.x + 2, 'y': base + 52, 'text-anchor': end ? 'end' : 'start' }, year));
      yearEnd = span.x + 36;
    }
    if (i && span.broken) svg.append(draw('path', { class: 'break', d: `M${span.x - gap / 2 - 3} ${base + 5}l4-10m2 10l4-10` }));
    group.addEventListener('click', () => zoom(i));
    svg.append(group);
  });
}

/* The axis: what is to come is dashed. */
function drawAxis(svg, spans, unit, { width, base, edge }) {
  const today = new Date().toISOString(), now = spans.findLast(s => monthText(s.month) <= today.slice(0, 7)), last = width - edge;
  const end = now ? Math.min(now.x + unit * (monthText(now.month) === today.slice(0, 7) ? today.slice(8, 10) / 31 : 1), last) : edge;
  svg.append(line('axis', edge, base, end, base));
  if (end < last) svg.append(line('axis ahead', end, base, last, base));
}

/* A dot that leads to its event in the list. */
function dot(e, i) {
  const says = `${e.when} ${e.label}`;
  const link = draw('a', { 'href': '#' + e.item.id, 'tabindex': i ? -1 : 0, 'aria-label': says, 'transform': `translate(${e.x} ${e.y})` },
    draw('circle', { class: 'reach', r: Math.max(e.r + 3, 9) }), mark(e.kind, e.r), draw('title', {}, says));
  link.addEventListener('click', event => {
    event.preventDefault();
    e.item.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    e.item.focus({ preventScroll: true });
  });
  return link;
}

/* Left and right go from dot to dot. */
function onKey(svg, event) {
  const links = $$('a', svg), i = links.indexOf(document.activeElement);
  const next = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: links.length - 1 }[event.key];
  if (i < 0 || !links[next]) return;
  event.preventDefault();
  links[i].setAttribute('tabindex', -1);
  links[next].setAttribute('tabindex', 0);
  links[next].focus();
}

/* The drawing of `events` over the months `spans`. */
function drawing(events, spans, width, passages, zoom) {
  const edge = 14, narrow = width < 560, step = narrow ? 13 : 15, laneHeight = 21;
  const place = stretch(spans, width, edge), at = new Map(spans.map(span => [span.month, span]));
  for (const e of events) {
    const days = new Date(Date.UTC(e.day.slice(0, 4), e.day.slice(5, 7), 0)).getUTCDate();
    e.x = Math.min(Math.max(at.get(e.month).x + (e.day.slice(8, 10) - 0.5) / days * place.unit, edge), width - edge);
    e.r = 3 + e.weight * (narrow ? 3.5 : 4.5);
  }
  const levels = pile(events), lanes = name(events, width, narrow), base = lanes * laneHeight + levels * step + 26, height = base + 58;
  const svg = draw('svg', { width, height, 'viewBox': `0 0 ${width} ${height}`, 'role': 'group', 'aria-label': T.drawing });
  drawMonths(svg, spans, place, { width, base, passages, zoom });
  drawAxis(svg, spans, place.unit, { width, base, edge });
  for (const e of events) {
    e.y = base - 10 - Math.min(e.level, levels) * step;
    if (e.lane < 0) continue;
    const y = 15 + (lanes - 1 - e.lane) * laneHeight;
    svg.append(line('lead', e.x, y + 5, e.x, e.y), draw('text', { class: 'label', x: e.start, y }, e.text));
  }
  svg.append(...events.map(dot));
  svg.addEventListener('keydown', event => onKey(svg, event));
  return svg;
}

/* What the items of the list say, in the order in which they are drawn: a milestone stands at its end. */
function eventsOf(listOfEvents) {
  return $$(':scope > .event', listOfEvents).map((item, i) => {
    const { date, end, importance } = item.dataset, milestone = item.classList.contains('milestone'), day = milestone && end ? end : date;
    item.id ||= `e${i + 1}`;
    item.style.setProperty('--w', importance);
    item.tabIndex = -1;
    return { item, day, month: monthNumber(day), weight: +importance || 0, label: $('h3', item).textContent.trim(),
      when: $('time', item).textContent.trim(), kind: milestone ? 'milestone' : 'document' in item.dataset ? 'document' : 'event' };
  }).sort((a, b) => a.day.localeCompare(b.day));
}

/* Draws a list of events above it: all of them, or the months that one zooms to; `announce` hears how many are left. */
export function timeline(listOfEvents, announce) {
  const events = eventsOf(listOfEvents);
  if (!events.length) return;
  listOfEvents.append(...events.map(e => e.item));
  const passages = countsOf($('#facets'));
  const all = axisOf(events, passages);
  let low = 0, high = all.length, told = events.length;

  const holder = make('div', { class: 'drawing' }), tools = make('p', { class: 'tools' });
  const button = (text, title, act) => {
    const element = make('button', { 'type': 'button', 'aria-label': title, title }, text);
    element.addEventListener('click', () => act(high - low));
    return element;
  };
  const zoom = (a, b) => {
    low = Math.max(0, Math.min(a, all.length - 1));
    high = Math.min(all.length, Math.max(b, low + 1));
    render();
  };
  const about = n => {
    const a = Math.floor((low + high) / 2) - Math.floor(n / 2);
    zoom(a, a + n);
  };
  const nearer = button('+', T.nearer, n => about(Math.max(1, Math.ceil(n / 2))));
  const farther = button('−', T.farther, n => zoom(low - Math.ceil(n / 2), low - Math.ceil(n / 2) + n * 2));
  const whole = button(T.all, T.all, () => zoom(0, all.length));
  const earlier = button('‹', T.earlier, n => { const a = Math.max(0, low - Math.max(1, n >> 1)); zoom(a, a + n); });
  const later = button('›', T.later, n => { const b = Math.min(all.length, high + Math.max(1, n >> 1)); zoom(b - n, b); });
  const legend = make('span', { 'class': 'legend', 'aria-hidden': 'true' });
  for (const kind of ['event', 'document', 'milestone'])
    legend.append(make('span', {}, draw('svg', { viewBox: '-7 -7 14 14', class: 'key' }, mark(kind, 5)), T[kind]));
  tools.append(legend, make('span', {}, earlier, nearer, farther, later, whole));
  listOfEvents.before(make('figure', { class: 'figure' }, tools, holder));

  function render() {
    const spans = all.slice(low, high), shown = events.filter(e => spans.some(s => s.month === e.month)), offset = low;
    holder.replaceChildren(drawing(shown, spans, Math.max(holder.clientWidth, 240), passages, i => zoom(offset + i, offset + i + 1)));
    nearer.disabled = high - low <= 1;
    farther.disabled = whole.disabled = high - low >= all.length;
    earlier.disabled = low === 0;
    later.disabled = high === all.length;
    for (const e of events) e.item.hidden = !shown.includes(e);
    if (told !== shown.length) announce(T.events(shown.length));
    told = shown.length;
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
