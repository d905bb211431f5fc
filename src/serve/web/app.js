/* What script adds to the search page.  Every view is an address that the server answers with a whole page, and works without
 * this file; here addresses are fetched while one types or clicks, and what came takes the place of what is shown.  No text of a
 * report is put together here. */
import { $, $$, histogram, sparklines, textsIn, timeline } from '/draw.js';
import { combobox, make, ofInputMethod, optionsOf, whenTyped } from '/nq-search.js';

const T = textsIn({
  more: '更多', offline: '无法连接服务器，请稍后再试。', checking: '正在查重…', drop: '也可以把文本文件拖到这里', tooBig: '文件太大（上限 1 MB）',
  keys: ['/ 搜索', '↓ ↑ 结果', 'Enter 打开', 'Esc 返回'],
}, {
  more: 'More', offline: 'The server cannot be reached.', checking: 'Checking…', drop: 'or drop a text file here',
  tooBig: 'The file is too large (1 MB at most)', keys: ['/ search', '↓ ↑ results', 'Enter open', 'Esc back'],
});
const main = $('#main'), form = $('#search'), input = $('#q'), live = $('#live');

/* ---- pages ---- */

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

/* ---- the search field ---- */

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

/* ---- keyboard ---- */

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

/* ---- checking a draft ---- */

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

/* ---- everything that is shown ---- */

function enhance() {
  sparklines(main);
  const events = $('ol.timeline', main);
  if (events && !$('.figure', main)) timeline(events, announce); // reads the months before they are bars, perhaps of years
  for (const block of $$('#facets .months')) if (!$('.bars', block)) histogram(block);
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
