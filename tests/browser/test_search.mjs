/* The page where one searches: typing, input methods, suggestions, filters, opening what was found. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { at, hostile, run, shot, texts, violations, visit } from './site.mjs';

/* The searches that a page asks for from now on. */
function searches(page) {
  const asked = [];
  page.on('request', request => {
    const url = new URL(request.url());
    if (url.pathname === '/' && url.searchParams.has('q')) asked.push(url.searchParams.get('q'));
  });
  return asked;
}

test('results come while one types, and are announced', () => visit('/', async page => {
  await page.locator('#q').pressSequentially('算电协同', { delay: 40 });
  await page.locator('.hit').first().waitFor();
  await page.waitForURL(url => url.searchParams.get('q') === '算电协同');
  assert.ok((await texts(page, '.hit mark')).every(mark => mark.length > 0));
  assert.match(await page.title(), /^算电协同/);
  assert.equal(await page.locator('#q').inputValue(), '算电协同');
  assert.ok(await page.locator('#q').evaluate(input => input === document.activeElement), 'focus stays in the field');
  const count = /\d+/.exec(await page.locator('.count').textContent())[0];
  await page.waitForFunction(n => document.querySelector('#live').textContent.includes(n), count);
  await page.locator('#q').press('Escape');
  await shot(page, 'search');
  await page.goBack();
  await page.locator('.hit').first().waitFor({ state: 'detached' });
  assert.equal(await page.locator('#q').inputValue(), '', 'one step back leads to where typing began');
}));

test('one step back leads to where typing began, however slow the answers are', () => visit('/', async page => {
  await page.route(/\/\?q=/, async route => {
    await new Promise(resolve => setTimeout(resolve, 300));
    await route.continue().catch(() => {});
  });
  await page.locator('#q').pressSequentially('算电协', { delay: 250 });
  await page.waitForURL(url => url.searchParams.get('q') === '算电协');
  await page.goBack();
  await page.locator('.home').waitFor();
}));

test('nothing is searched while an input method composes, and its Enter submits nothing', () => visit('/', async (page, context) => {
  const asked = searches(page), keys = await context.newCDPSession(page);
  await page.locator('#q').focus();
  for (const text of ['s', 'suan', 'suan dian', '算电']) {
    await keys.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await page.waitForTimeout(60);
  }
  await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
  await page.locator('#search').evaluate(form => form.requestSubmit());
  await page.waitForTimeout(400);
  assert.deepEqual(asked, []);
  assert.equal(new URL(page.url()).search, '');
  await keys.send('Input.insertText', { text: '算电协同' });
  await page.locator('.hit').first().waitFor();
  assert.deepEqual(asked, ['算电协同']);
  assert.equal(await page.locator('#q').inputValue(), '算电协同');
}));

test('the Enter that ends a composition submits nothing in the order of Safari either', () => visit('/', async page => {
  await page.locator('#q').focus();
  const fetched = await page.evaluate(() => {
    const input = document.querySelector('#q'), { fetch } = window, asked = [];
    const key = (type, keyCode) => input.dispatchEvent(new KeyboardEvent(type, { key: 'Enter', code: 'Enter', keyCode, bubbles: true, cancelable: true }));
    window.fetch = (...what) => { asked.push(String(what[0])); return fetch(...what); };
    input.dispatchEvent(new CompositionEvent('compositionstart'));
    input.value = 'suandian';
    input.dispatchEvent(new InputEvent('input', { isComposing: true }));
    input.dispatchEvent(new CompositionEvent('compositionend', { data: 'suandian' })); // first the end,
    key('keydown', 229); // then the key
    input.form.requestSubmit();
    const before = asked.length;
    key('keyup', 13);
    input.form.requestSubmit();
    return [before, asked.length];
  });
  assert.deepEqual(fetched, [0, 1]);
}));

test('suggestions follow pinyin', () => visit('/', async page => {
  await page.getByRole('combobox').pressSequentially('suandian');
  await page.locator('[role=option]', { hasText: '算电协同' }).first().waitFor();
}));

test('a suggestion is chosen by keyboard', () => visit('/', async page => {
  const field = page.getByRole('combobox');
  await field.pressSequentially('算');
  await page.locator('[role=option]').first().waitFor();
  assert.equal(await field.getAttribute('aria-expanded'), 'true');
  await field.press('ArrowDown');
  await field.press('ArrowDown');
  await field.press('ArrowUp');
  const chosen = page.locator('[role=option][aria-selected=true]');
  assert.equal(await field.getAttribute('aria-activedescendant'), await chosen.getAttribute('id'));
  const text = await chosen.locator('.text').textContent();
  await field.press('Enter');
  assert.equal(await field.inputValue(), text);
  await page.waitForURL(url => url.searchParams.get('q') === text);
  assert.equal(await field.getAttribute('aria-expanded'), 'false');
  await field.press('Escape');
}));

test('Escape closes the suggestions and keeps what is typed', () => visit('/', async page => {
  const field = page.getByRole('combobox');
  await field.pressSequentially('算');
  await page.locator('[role=option]').first().waitFor();
  await field.press('Escape');
  assert.ok(await page.locator('#options').isHidden());
  assert.equal(await field.inputValue(), '算');
}));

test('suggestions follow pinyin', async t => {
  if (!run('nqsearch', '--suggest', 'suandian').includes('算电协同')) return t.skip('this build suggests nothing for pinyin');
  return visit('/', async page => {
    await page.locator('#q').pressSequentially('suandian');
    await page.locator('[role=option]', { hasText: '算电协同' }).first().waitFor();
  });
});

test('months, sources and kinds narrow, and can be taken away again', () => visit(at('算电协同'), async page => {
  const all = await page.locator('.count').textContent();
  const bar = page.locator('.bars a[data-value="2026-04"]'), n = await bar.getAttribute('data-count');
  await bar.click();
  await page.waitForURL(url => url.searchParams.get('from') === '2026-04' && url.searchParams.get('to') === '2026-04');
  await page.locator('.bars a[aria-current]').waitFor();
  assert.match(await page.locator('.count').textContent(), new RegExp(`\\b${n}\\b`));
  assert.ok((await texts(page, '.hit .meta > time')).every(day => day.startsWith('2026-04')));
  assert.ok(await page.locator('.bars a').count() > 1, 'the other months stay');
  await page.locator('.bars a[data-value="2026-04"]').click();
  await page.locator('.bars a[aria-current]').waitFor({ state: 'detached' });
  const counted = text => /\d+/.exec(text)[0];
  assert.equal(counted(await page.locator('.count').textContent()), counted(all));
  await page.locator('.kinds a', { hasText: '参考文献' }).click();
  await page.waitForURL(url => url.searchParams.get('kind') === 'reference');
  await page.locator('.active a').waitFor();
  assert.equal(await page.locator('.hit:not(.reference)').count(), 0);
  await page.locator('.active a').click();
  await page.locator('.active').waitFor({ state: 'detached' });
  await page.locator('.sources a').first().click();
  await page.waitForURL(url => url.searchParams.has('source'));
  await page.locator('.active a').waitFor();
  assert.ok(await page.locator('.hit').count() > 0);
}));

test('a new query keeps the filter', () => visit(at('算电协同', { kind: 'reference' }), async page => {
  await page.locator('#q').fill('虚拟电厂');
  await page.waitForURL(url => url.searchParams.get('q') === '虚拟电厂' && url.searchParams.get('kind') === 'reference');
}));

test('"more" appends, and the address holds what is shown', () => visit(at('算电协同'), async page => {
  assert.equal(await page.locator('.hit').count(), 10);
  await page.locator('.pages a[rel=next]').click();
  await page.locator('.hit').nth(10).waitFor();
  const n = await page.locator('.hit').count();
  assert.ok(await page.locator('.hit .title').nth(10).evaluate(link => link === document.activeElement));
  const passages = await page.locator('.hit').evaluateAll(hits => hits.map(hit => hit.dataset.passage));
  assert.equal(new Set(passages).size, n);
  await page.waitForURL(url => url.searchParams.get('n') === String(n));
  await page.reload();
  assert.equal(await page.locator('.hit').count(), n);
}));

test('by date, the newest comes first', () => visit(at('算电协同'), async page => {
  await page.locator('.sort a', { hasText: '按日期' }).click();
  await page.waitForURL(url => url.searchParams.get('sort') === 'date');
  await page.locator('.sort a[aria-current]', { hasText: '按日期' }).waitFor();
  const days = await texts(page, '.hit .meta > time:first-child');
  assert.deepEqual(days, [...days].sort().reverse());
}));

test('all of it by keyboard: to the field, into the results, open, back', () => visit(at('算电协同'), async page => {
  await page.keyboard.press('/');
  assert.ok(await page.locator('#q').evaluate(input => input === document.activeElement));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const second = page.locator('.hit .title').nth(1);
  assert.ok(await second.evaluate(link => link === document.activeElement));
  const heading = await second.textContent();
  await page.keyboard.press('Enter');
  await page.locator('article').waitFor();
  assert.ok((await page.locator('article').textContent()).includes(heading));
  await page.goBack();
  await page.locator('.hit').first().waitFor();
}));

test('a passage opens in its section, with references and related passages; back leads to the same place', () => visit(at('算电协同'), async page => {
  const link = page.locator('.hit .title', { hasText: '第二批试点启动申报' });
  await link.evaluate(element => element.scrollIntoView({ block: 'center' }, { viewport: { width: 1000, height: 450 } }));
  await page.waitForFunction(() => scrollY > 200);
  const y = await page.evaluate(() => Math.round(scrollY));
  await link.click();
  await page.locator('article .found').waitFor();
  assert.match(await page.locator('article .found').textContent(), /\S{10}/);
  assert.ok(await page.locator('article mark', { hasText: '算电协同' }).count() > 0);
  assert.ok(await page.locator('.references li').count() > 1);
  assert.ok(await page.locator('.related .hit').count() > 0);
  await page.goBack();
  await page.locator('.sort').waitFor();
  await page.waitForFunction(y => Math.abs(scrollY - y) < 5, y);
  await page.locator('.hit .report').first().click();
  await page.locator('article.report').waitFor();
  assert.ok(await page.locator('article.report section').count() > 1);
}));

test('a query that cannot be read is explained', () => visit(at('算电协同 date:2026-13'), async page => {
  assert.match(await page.locator('.problem').textContent(), /\S/);
  assert.equal(await page.locator('.hit').count(), 0);
}, { complaints: /status of 400/ }));

test('what is not there is said to be so, with what may be meant', () => visit(at('算店协同'), async page => {
  await page.locator('.mean a').click();
  await page.waitForURL(url => url.searchParams.get('q') === '算电协同');
  await page.locator('.hit').first().waitFor();
}));

test('no connection is said to be so', () => visit('/', async (page, context) => {
  await context.setOffline(true);
  await page.locator('#q').pressSequentially('算电');
  await page.locator('.problem[role=alert]').waitFor();
}, { complaints: /ERR_INTERNET_DISCONNECTED/ }));

test('hostile titles and queries are text', async () => {
  const attack = '"><script>window.hacked=1</script><img src=x onerror=window.hacked=1>';
  for (const address of [at('跨站样本'), at('跨站样本', { view: 'timeline' }), at(attack), at(`跨站 ${attack}`, { source: attack, sort: 'date' }), at('算电协同', { view: attack })])
    await visit(address, async page => {
      await page.waitForTimeout(150);
      assert.equal(await page.locator('main script, main img, aside img, main b, main [onmouseover]').count(), 0);
    }, { complaints: /status of 4\d\d/ });
  await visit(at('跨站样本'), async page => {
    assert.ok((await page.locator('.hit').first().textContent()).includes('<script>'));
    await page.locator('.hit .title').first().click();
    await page.locator('article').waitFor();
    assert.ok((await page.locator('article').textContent()).includes(hostile.text.slice(0, 30)));
    assert.equal(await page.locator('a[href^="javascript:" i]').count(), 0);
    await page.locator('#q').fill('');
    await page.locator('#q').pressSequentially(attack.slice(0, 30));
    await page.waitForTimeout(400);
  }, { complaints: /status of 400/ });
});

test('a query that cannot be read yet disturbs nothing while one types', () => visit(at('算电协同'), async page => {
  await page.locator('#q').fill('算电协同 date:2');
  await page.waitForTimeout(500);
  assert.equal(await page.locator('.problem').count(), 0);
  await page.locator('#q').press('Enter');
  await page.locator('.problem').waitFor();
}, { complaints: /status of 400/ }));

test('readers of English get English', () => visit(at('算电协同'), async page => {
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.match(await page.locator('.tabs').textContent(), /Timeline/);
  assert.match(await page.locator('.pages').textContent(), /More/);
  assert.deepEqual(await violations(page), []);
}, { locale: 'en-GB' }));
