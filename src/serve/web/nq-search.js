/* A search box that any site can embed:
 *
 *   <script type="module" src="https://search.example.org/nq-search.js"></script>
 *   <nq-search src="https://search.example.org"></nq-search>
 *
 * Attributes: src (the nqserve; default: where this script came from), lang (zh or en; default: the page's), placeholder,
 * target (of the form and the links), hits (how many passages are shown while typing; default 5, 0: none).
 * A choice or Enter leads to the search page, unless a listener of "nq-search" (detail: query, href) prevents it.
 * Looks: --nq-accent, --nq-background, --nq-text, --nq-quiet, --nq-border, --nq-mark, --nq-chosen (colours; light or dark as the page's
 * color-scheme), --nq-radius, --nq-width, --nq-font, --nq-layer (z-index), and the parts form, input, button, list, option.
 *
 * combobox() and whenTyped() serve the search page as well. */

/* Calls `changed` after each change of the input's text, but not while an input method composes it.  Gives back a function that
 * says whether it does, the Enter that ends a composition included: Safari tells of the end first, and of the key then. */
export function whenTyped(input, changed) {
  let composing = false, ending = false;
  input.addEventListener('compositionstart', () => { composing = true; });
  input.addEventListener('compositionend', () => { composing = false; changed(); });
  input.addEventListener('input', event => {
    if (!composing && !event.isComposing) changed();
  });
  input.addEventListener('keydown', event => { ending = ofInputMethod(event) && [event.key, event.code].includes('Enter'); });
  input.addEventListener('keyup', () => { ending = false; });
  return () => composing || ending;
}

/* Whether a key is the input method's own: some browsers tell so only by the number 229. */
export const ofInputMethod = event => event.isComposing || event.keyCode === 229;

/* An element with attributes and children. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const TEXTS = {
  zh: { search: '搜索', placeholder: '搜索政策报告', passages: n => `${n} 个段落`, options: n => `${n} 条建议，用上下键选择`,
    organisation: '机构', document: '文件', headline: '标题' },
  en: { search: 'Search', placeholder: 'Search policy reports', passages: n => `${n} ${n === 1 ? 'passage' : 'passages'}`,
    options: n => `${n} suggestions, up and down to choose`, organisation: 'body', document: 'document', headline: 'headline' },
};
export const textsOf = lang => (/^zh/i.test(lang) ? TEXTS.zh : TEXTS.en);

/* The options of nqsearch.suggest/1: what a suggestion is, and how often it is found or when it was last. */
export const optionsOf = ({ suggestions }, texts) => suggestions.map(({ text, kind, passages, date }) => ({
  text, value: text, group: 'term', note: [texts[kind], kind === 'headline' || kind === 'document' ? date : texts.passages(passages)].filter(Boolean).join(' · '),
}));

/* Makes of an input and an empty <ul> a combobox (WAI-ARIA 1.2).  `load(text, signal)` gives a promise of options:
 * {text, parts, note, group, value, href}; `choose(option)` is called with the one that was chosen, `announce(number)` when options are
 * shown; `wait` is in milliseconds.  Gives back {typed, close}: call `typed` when the text has changed. */
export function combobox(input, list, { load, choose, announce, wait = 80 }) {
  let options = [], active = -1, timer = 0, asking = null, shown = '';
  const items = () => list.querySelectorAll('[role=option]');

  const roles = { 'role': 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id, 'autocomplete': 'off' };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  list.setAttribute('role', 'listbox');
  list.hidden = true;

  function activate(index) {
    active = index;
    items().forEach((item, i) => {
      item.setAttribute('aria-selected', String(i === index));
      if (i === index) item.scrollIntoView({ block: 'nearest' });
    });
    if (index >= 0) input.setAttribute('aria-activedescendant', items()[index].id);
    else input.removeAttribute('aria-activedescendant');
  }

  function open(yes) {
    list.hidden = !yes;
    input.setAttribute('aria-expanded', String(yes));
    if (!yes) activate(-1);
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    open(false);
  }

  function render() {
    list.replaceChildren(...options.map((option, i) => {
      const text = make('span', { class: 'text' });
      for (const part of option.parts ?? [{ text: option.text }])
        text.append(part.match ? make('mark', {}, part.text) : part.text);
      const item = make('li', { 'id': `${list.id}-${i}`, 'class': option.group, 'role': 'option', 'part': 'option', 'aria-selected': 'false' }, text);
      if (option.note) item.append(make('span', { class: 'note' }, option.note));
      return item;
    }));
  }

  async function ask() {
    const text = input.value.trim();
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    if (!text) {
      options = [];
      shown = '';
      close();
      return;
    }
    try {
      const found = await load(text, signal);
      if (signal.aborted) return;
      options = found;
      shown = text;
      render();
      open(options.length > 0);
      announce?.(options.length);
    } catch (error) {
      if (!signal.aborted) close();
    }
  }

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  }

  input.addEventListener('keydown', event => {
    if (ofInputMethod(event)) return;
    const n = list.hidden ? 0 : options.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!n && event.altKey && options.length && shown === input.value.trim()) open(true);
      else if (n) {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        activate((active + 1 + step + n + 1) % (n + 1) - 1);
      } else return;
      event.preventDefault();
    } else if (event.key === 'Enter' && n && active >= 0) {
      event.preventDefault();
      const option = options[active];
      close();
      choose(option);
    } else if (event.key === 'Escape' && n) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' || event.key === 'Tab') close();
  });
  input.addEventListener('blur', close);
  list.addEventListener('pointerdown', event => event.preventDefault());
  list.addEventListener('click', event => {
    const index = [...items()].indexOf(event.target.closest('[role=option]'));
    if (index < 0) return;
    const option = options[index];
    close();
    choose(option);
  });
  return { typed, close };
}

/* What the page sets for everything (letters, colours, spacing) ends at .box; whether it is light or dark is the page's choice. */
const CSS = `
:host { display: block; max-width: var(--nq-width, 34rem); --accent: var(--nq-accent, #a8321e); --back: var(--nq-background, #fff); --text: var(--nq-text, #1d1f22);
  --quiet: var(--nq-quiet, #5d6268); --line: var(--nq-border, #8d9198); --round: var(--nq-radius, 8px); --mark: var(--nq-mark, #ffe9a8);
  --chosen: var(--nq-chosen, #f1f2f4); }
:host([hidden]) { display: none; }
@supports (color: light-dark(#000, #fff)) {
  :host { --accent: var(--nq-accent, light-dark(#a8321e, #ff9d85)); --back: var(--nq-background, light-dark(#fff, #1e2024));
    --text: var(--nq-text, light-dark(#1d1f22, #e8e6e1)); --quiet: var(--nq-quiet, light-dark(#5d6268, #a7abb1));
    --line: var(--nq-border, light-dark(#8d9198, #767b83)); --mark: var(--nq-mark, light-dark(#ffe9a8, #5c4a12));
    --chosen: var(--nq-chosen, light-dark(#f1f2f4, #2c2f35)); }
}
.box { all: initial; color-scheme: inherit; display: block; position: relative; color: var(--text);
  font: var(--nq-font, 16px/1.5 -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", system-ui, sans-serif); }
form { display: flex; margin: 0; background: var(--back); border: 1px solid var(--line); border-radius: var(--round); }
form:focus-within { border-color: var(--accent); outline: 2px solid var(--accent); outline-offset: 0; }
input, button { font: inherit; color: inherit; border: 0; background: none; margin: 0; min-height: 2.75em; }
input { flex: 1; min-width: 0; padding: 0 .9em; outline: 0; border-radius: var(--round); appearance: none; }
input::placeholder { color: var(--quiet); opacity: 1; }
button { padding: 0 1.1em; color: var(--accent); font-weight: 600; cursor: pointer; border-radius: var(--round); white-space: nowrap; }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: -4px; }
ul { position: absolute; z-index: var(--nq-layer, 1000); inset-inline: 0; top: calc(100% + 4px); margin: 0; padding: 6px; list-style: none;
  max-height: min(26rem, 70vh); overflow: auto; background: var(--back); border: 1px solid var(--line); border-radius: var(--round);
  box-shadow: 0 8px 28px rgb(0 0 0 / .18); }
ul[hidden] { display: none; }
li { display: flex; gap: 1em; justify-content: space-between; align-items: baseline; padding: .45em .7em; border-radius: calc(var(--round) - 3px);
  cursor: pointer; }
li.hit { display: block; font-size: .875em; }
li:not(.hit) + li.hit { margin-top: 6px; box-shadow: 0 -4px 0 -3px var(--line); }
li[aria-selected=true], li:hover { background: var(--chosen); }
li[aria-selected=true] { box-shadow: inset 3px 0 var(--accent); }
.text { overflow-wrap: anywhere; }
.hit .text { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.note { color: var(--quiet); font-size: .8125em; white-space: nowrap; font-variant-numeric: tabular-nums; }
.hit .note { display: block; overflow: hidden; text-overflow: ellipsis; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

class NqSearch extends HTMLElement {
  static observedAttributes = ['src', 'placeholder', 'lang', 'target'];

  #base;
  #input = make('input');
  #button = make('button');
  #form = make('form', { role: 'search' }, this.#input, this.#button);
  #list = make('ul', { id: 'options' });
  #status = make('p', { class: 'unseen', role: 'status' });
  #texts = TEXTS.zh;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    Object.assign(this.#input, { name: 'q', type: 'search', maxLength: 500, enterKeyHint: 'search', spellcheck: false });
    for (const [name, element] of [['form', this.#form], ['input', this.#input], ['button', this.#button], ['list', this.#list]])
      element.setAttribute('part', name);
    root.append(make('div', { class: 'box' }, this.#form, this.#list, this.#status));

    const box = combobox(this.#input, this.#list, {
      load: (text, signal) => this.#load(text, signal),
      choose: option => {
        if (option.value) this.#input.value = option.value;
        this.#go(this.#input.value, option.href);
      },
      announce: n => { this.#status.textContent = n ? this.#texts.options(n) : ''; },
      wait: 150,
    });
    const composing = whenTyped(this.#input, box.typed);
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      if (composing()) return;
      box.close();
      this.#go(this.#input.value.trim());
    });
  }

  connectedCallback() { this.attributeChangedCallback(); }

  attributeChangedCallback() {
    const here = new URL(import.meta.url);
    try {
      const base = new URL(this.getAttribute('src') || here.origin, document.baseURI);
      this.#base = /^https?:$/.test(base.protocol) ? base.href.replace(/[?#].*$/, '').replace(/\/*$/, '/') : null;
    } catch {
      this.#base = null;
    }
    this.#texts = textsOf(this.lang || this.closest('[lang]')?.lang || navigator.language);
    const name = this.getAttribute('placeholder') || this.#texts.placeholder;
    this.#input.placeholder = name;
    this.#input.setAttribute('aria-label', name);
    this.#list.setAttribute('aria-label', name);
    this.#button.textContent = this.#texts.search;
    this.#form.target = this.getAttribute('target') ?? '';
  }

  get value() { return this.#input.value; }
  set value(text) { this.#input.value = text; }

  async #get(path, signal) {
    const answer = await fetch(this.#base + path, { signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async #load(text, signal) {
    if (!this.#base) return [];
    const n = Math.min(Math.max(parseInt(this.getAttribute('hits') ?? '5', 10) || 0, 0), 20);
    const q = encodeURIComponent(text);
    const [suggest, search] = await Promise.allSettled([
      this.#get(`api/suggest?q=${q}&n=6`, signal),
      n ? this.#get(`api/search?q=${q}&n=${n}`, signal) : { hits: [] },
    ]);
    const terms = suggest.value ? optionsOf(suggest.value, this.#texts) : [];
    const hits = (search.value?.hits ?? []).map(h => (
      { text: h.text, parts: h.snippet, note: [h.date, h.section?.heading || h.report.title].filter(Boolean).join(' '), group: 'hit',
        href: `${this.#base}passage/${Number(h.passage)}?q=${q}` }));
    return [...terms, ...hits];
  }

  #go(query, href = `${this.#base}?q=${encodeURIComponent(query)}`) {
    if (!query || !this.#base) return;
    const event = new CustomEvent('nq-search', { detail: { query, href }, bubbles: true, composed: true, cancelable: true });
    if (!this.dispatchEvent(event)) return;
    const target = this.#form.target;
    if (target && target !== '_self') window.open(href, target, 'noopener');
    else location.assign(href);
  }
}

if (!customElements.get('nq-search')) customElements.define('nq-search', NqSearch);
