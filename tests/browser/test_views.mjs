/* Timeline, topics and check; and what holds for every view: dark, narrow, without script, accessible. */
import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { at, draft, run, shot, texts, violations, visit } from './site.mjs';

const phone = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true };
const views = {
  home: '/', search: at('算电协同'), partial: at('海岛药品配送补贴'), none: at('鳜鱼'), timeline: at('算电协同', { view: 'timeline' }), topics: '/?view=topics',
  topic: at('算电协同', { view: 'topics' }), check: '/check',
};
before(() => {
  const [hit] = JSON.parse(run('nqsearch', '--json', '-n', '1', '--kind=report', '低空物流')).hits;
  views.passage = `/passage/${hit.passage}?q=${encodeURIComponent('低空')}`;
  views.report = `/report/${hit.report.id}`;
});

/* Drops a file on the draft. */
const drop = (page, bytes) => page.locator('#draft').evaluate((area, data) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(data)], 'draft.txt'));
  area.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true, bubbles: true }));
}, bytes);

/* Opens all views, one after the other, in one browser. */
const each = (options, act) => visit('/', async page => {
  for (const [name, address] of Object.entries(views)) {
    await page.goto(new URL(address, page.url()).href);
    await act(page, name);
  }
}, options);

async function checkDraft(page) {
  await page.locator('#draft').fill(draft);
  await page.locator('form.check button').click();
  await page.locator('.checked').first().waitFor();
}

test('the timeline is drawn: axis, events, documents, milestones', () => visit(views.timeline, async page => {
  const drawn = await page.locator('.drawing a').count();
  assert.equal(drawn, await page.locator('li.event').count());
  assert.ok(drawn > 8);
  assert.equal(await page.locator('.drawing circle.milestone').count(), await page.locator('li.milestone').count());
  assert.ok(await page.locator('.drawing rect.document').count() > 0);
  assert.ok(await page.locator('.drawing .label').count() > 2);
  assert.notEqual(await page.locator('.drawing circle.milestone').first().evaluate(ring => getComputedStyle(ring).strokeDasharray), 'none');
  const sizes = await page.locator('.drawing circle.event').evaluateAll(dots => dots.map(dot => Number(dot.getAttribute('r'))));
  assert.ok(Math.max(...sizes) > Math.min(...sizes), 'sizes tell importance');
  await shot(page, 'timeline');
}));

test('of an archive of many years the axis still shows months', () => visit('/', async page => {
  await page.route(/view=timeline/, async route => {
    const answer = await route.fetch(), body = await answer.text();
    await route.fulfill({ response: answer, body: body.replace('<div class="facet months"><h2>月份</h2><ul>', '$&<li><a href="/" data-value="2019-05" data-count="3">2019-05</a></li>') });
  });
  const months = () => page.locator('.drawing .month:has(.volume)').evaluateAll(all => all.map(month => month.getAttribute('aria-label')));
  await page.goto(new URL(views.timeline, page.url()).href);
  await page.locator('.bars a[data-value="2019"]').waitFor();
  const drawn = await months();
  await page.unroute(/view=timeline/);
  await page.reload();
  assert.deepEqual(drawn, await months());
}));

test('the timeline zooms by month, and by keyboard from event to event', () => visit(views.timeline, async page => {
  const all = await page.locator('li.event:visible').count();
  await page.locator('.drawing .month', { hasText: '6月' }).click();
  const june = await page.locator('li.event:visible').evaluateAll(items => items.map(item => item.dataset.date));
  assert.ok(june.length > 0 && june.length < all);
  assert.ok(june.every(day => day.startsWith('2026-06')), june.join());
  assert.equal(await page.locator('.drawing a').count(), june.length);
  await page.locator('.tools button', { hasText: '全部' }).click();
  assert.equal(await page.locator('li.event:visible').count(), all);
  await page.locator('.tools button', { hasText: '+' }).click();
  assert.ok(await page.locator('li.event:visible').count() < all);
  await page.locator('.tools button', { hasText: '−' }).click();
  await page.locator('.drawing a').first().focus();
  await page.keyboard.press('ArrowRight');
  const second = page.locator('.drawing a').nth(1);
  assert.ok(await second.evaluate(link => link === document.activeElement));
  await page.keyboard.press('Enter');
  const item = await second.getAttribute('href');
  assert.equal(await page.evaluate(() => `#${document.activeElement.id}`), item);
}));

test('an event leads to its passage, and back', () => visit(views.timeline, async page => {
  await page.locator('.coverage a').first().click();
  await page.locator('article .found').waitFor();
  await page.goBack();
  await page.locator('.drawing svg').waitFor();
}));

test('the tabs keep the query', () => visit(views.search, async page => {
  await page.locator('.tabs a', { hasText: '时间线' }).click();
  await page.locator('.drawing svg').waitFor();
  assert.match(await page.locator('.tabs [aria-current]').textContent(), /时间线/);
  await page.locator('#q').fill('低空');
  await page.waitForURL(url => url.searchParams.get('view') === 'timeline' && url.searchParams.get('q') === '低空');
  await page.locator('#q').press('Escape');
  await page.locator('.tabs a', { hasText: '段落' }).click();
  await page.locator('.hit').first().waitFor();
  assert.equal(await page.locator('#q').inputValue(), '低空');
}));

test('topics are listed with their lines; one shows its months and neighbours', () => visit('/', async page => {
  assert.ok(await page.locator('li.topic .spark').count() > 10);
  await page.locator('.tabs a', { hasText: '主题' }).click();
  await page.locator('.rising').waitFor();
  await page.locator('section.topics .topic a', { hasText: '算电协同' }).first().click();
  await page.locator('.months .spark').waitFor();
  assert.equal(await page.locator('main > h2').textContent(), '算电协同');
  assert.ok(await page.locator('.months li').count() > 3);
  assert.ok(await page.locator('.documents a', { hasText: '试点方案' }).count() > 0);
  await page.locator('.neighbours a').first().click();
  await page.waitForURL(url => url.searchParams.get('q') !== '算电协同');
  await page.goBack();
  await page.locator('.months a[data-count]').first().click();
  await page.waitForURL(url => url.searchParams.has('from') && !url.searchParams.has('view'));
  await page.locator('.hit').first().waitFor();
}));

test('a topic that is not known is said to be so', () => visit(at('鳜鱼', { view: 'topics' }), async page => {
  await page.locator('.none').waitFor();
  await page.locator('#q').fill('低空经济');
  await page.locator('.neighbours').waitFor();
}));

test('a draft is checked, and what was written before is shown', () => visit(views.check, async page => {
  await checkDraft(page);
  const verdicts = await page.locator('.checked').evaluateAll(sections => sections.map(s => s.className));
  assert.ok(verdicts.some(name => /repeat/.test(name)) && verdicts.some(name => /update|new/.test(name)), verdicts.join());
  assert.ok(await page.locator('.prior[open]').count() > 0);
  assert.ok(await page.locator('.reused mark').count() > 0);
  assert.equal(await page.locator('#draft').inputValue(), draft);
  assert.deepEqual(await violations(page), []);
  await shot(page, 'check');
  await page.locator('.prior a').first().click();
  await page.locator('article').waitFor();
}));

test('a text file can be dropped as a draft, in GB18030 too', () => visit(views.check, async page => {
  for (const bytes of [[0xe7, 0xae, 0x97, 0xe7, 0x94, 0xb5], [0xcb, 0xe3, 0xb5, 0xe7]]) {
    await page.locator('#draft').fill('');
    await drop(page, bytes);
    await page.waitForFunction(() => document.querySelector('#draft').value === '算电');
  }
}));

for (const [scheme, options] of Object.entries({ light: {}, dark: { colorScheme: 'dark' }, phone }))
  test(`axe-core finds nothing: ${scheme}`, () => each(options, async (page, name) => {
    assert.deepEqual(await violations(page), [], name);
  }));

test('dark mode is dark', () => visit(views.search, async page => {
  const light = colour => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
  assert.ok(light(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)) < 60);
  assert.ok(light(await page.locator('.snippet').first().evaluate(text => getComputedStyle(text).color)) > 180);
}, { colorScheme: 'dark' }));

test('nothing is wider than 320 pixels', () => each({ ...phone, deviceScaleFactor: 2 }, async (page, name) => {
  if (name === 'check') await checkDraft(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320, name);
  const out = await page.locator('main h2, main h3, main p, .drawing text').evaluateAll(
    elements => elements.filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.textContent));
  assert.deepEqual(out, [], name);
}));

test('what the page loads weighs less than 60 KB, before it is packed', () => visit('/', async page => {
  const sizes = await page.evaluate(async files => Promise.all(files.map(async file => (await (await fetch(file)).arrayBuffer()).byteLength)),
    ['/app.js', '/draw.js', '/style.css', '/nq-search.js', '/icon.svg']);
  const empty = await page.evaluate(async address => (await (await fetch(address)).arrayBuffer()).byteLength, at('鳜鱼')); // the template besides
  assert.ok(sizes.reduce((sum, size) => sum + size, empty) < 60000, sizes.join());
}));

test('without script: search, filter, page, open, timeline, check', () => visit('/', async page => {
  await page.locator('#q').fill('算电协同');
  await page.locator('#q').press('Enter');
  await page.waitForURL(url => url.searchParams.get('q') === '算电协同');
  assert.equal(await page.locator('.hit').count(), 10);
  const first = await page.locator('.hit').first().getAttribute('data-passage');
  await page.locator('.pages a[rel=next]').click();
  assert.notEqual(await page.locator('.hit').first().getAttribute('data-passage'), first);
  await page.locator('.facet.months a', { hasText: '2026-04' }).click();
  assert.ok((await texts(page, '.hit .meta > time:first-child')).every(day => day.startsWith('2026-04')));
  await page.locator('.hit .title').first().click();
  await page.locator('article .found').waitFor();
  await page.goto(new URL(views.timeline, page.url()).href);
  assert.ok(await page.locator('li.event.milestone').count() > 0);
  await page.locator('.tabs a', { hasText: '查重' }).click();
  await checkDraft(page);
  assert.match(await page.locator('.checked').first().textContent(), /重复/);
}, { javaScriptEnabled: false }));
