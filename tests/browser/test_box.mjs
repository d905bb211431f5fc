/* The embeddable box, on a page of another origin with a policy of its own. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test, { after, before } from 'node:test';
import { base, violations, visit } from './site.mjs';

let host, origin;

/* What sites do to everything on them. */
const looks = {
  '/': 'body { font-family: sans-serif; margin: 2em } * { color: black } input { display: none } nq-search { --nq-accent: rgb(0, 80, 40) }',
  '/hostile': `* { color: yellow !important; background: black; font: 700 40px/3 serif !important; letter-spacing: 1em; text-transform: uppercase; text-indent: 5em;
    text-align: right; white-space: nowrap; cursor: none; word-spacing: 2em; visibility: visible; opacity: 1; float: none; border: 9px solid lime }
    input, button, ul, li, form, mark, .text, .note, .box, .hit { display: none !important; position: fixed; width: 0; height: 0 }`,
  '/dark': ':root { color-scheme: dark; background: #111; color: #eee }',
};

/* The lines that the README says to paste, on a page whose policy allows the one server and no inline style. */
const lines = () => `<script type="module" src="${base}/nq-search.js"></script>
<nq-search src="${base}"></nq-search>`;
const pageOf = body => `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>另一个网站</title>
<link rel="stylesheet" href="/site.css"><main><h1>另一个网站</h1>
${body}</main></html>`;

before(async () => {
  host = createServer((request, response) => {
    const css = request.url === '/site.css';
    response.setHeader('Content-Type', css ? 'text/css' : 'text/html; charset=utf-8');
    if (!css) response.setHeader('Content-Security-Policy', `default-src 'none'; style-src 'self'; img-src 'self'; script-src ${base}; connect-src ${base}`);
    if (css) response.end(looks[new URL(request.headers.referer ?? origin).pathname] ?? looks['/']);
    else if (request.url === '/favicon.ico') response.writeHead(204).end();
    else response.end(pageOf(request.url === '/wrong' ? lines().replace(/src="[^"]*"><\/nq/, 'src="javascript:window.hacked=1"></nq') : lines()));
  });
  await new Promise(resolve => host.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${host.address().port}`;
});
after(() => host?.close());

test('the box suggests, shows passages and leads to the search page', () => visit(`${origin}/`, async page => {
  const field = page.getByRole('combobox');
  assert.equal(await field.getAttribute('aria-expanded'), 'false');
  await field.pressSequentially('算电');
  await page.getByRole('option').first().waitFor();
  assert.ok(await page.locator('nq-search .term').count() > 0);
  assert.ok(await page.locator('nq-search .hit mark').count() > 0);
  assert.deepEqual(await violations(page), []);
  await field.press('ArrowDown');
  const chosen = page.locator('nq-search [aria-selected=true]');
  assert.equal(await field.getAttribute('aria-activedescendant'), await chosen.getAttribute('id'));
  const text = await chosen.locator('.text').textContent();
  await field.press('Enter');
  await page.waitForURL(url => url.origin === base && url.searchParams.get('q') === text);
  await page.locator('.hit').first().waitFor();
}));

test('a passage in the box opens on the search page', () => visit(`${origin}/`, async page => {
  await page.getByRole('combobox').pressSequentially('虚拟电厂');
  await page.locator('nq-search li.hit').first().click();
  await page.waitForURL(url => url.origin === base && url.pathname.startsWith('/passage/'));
  await page.locator('article .found').waitFor();
}));

test('Enter searches, a listener can prevent it, and Enter in an input method does nothing', () => visit(`${origin}/`, async (page, context) => {
  const heard = await page.evaluateHandle(() => {
    const events = [];
    document.addEventListener('nq-search', event => { events.push(event.detail); event.preventDefault(); });
    return events;
  });
  const field = page.getByRole('combobox'), keys = await context.newCDPSession(page);
  await field.focus();
  await keys.send('Input.imeSetComposition', { text: 'suandian', selectionStart: 8, selectionEnd: 8 });
  await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
  await page.waitForTimeout(300);
  assert.equal(await page.getByRole('option').count(), 0);
  assert.equal((await heard.jsonValue()).length, 0);
  await keys.send('Input.insertText', { text: '算电协同' });
  await field.press('Enter');
  const [detail] = await heard.jsonValue();
  assert.equal(detail.query, '算电协同');
  assert.equal(new URL(detail.href).origin, base);
  assert.equal(new URL(page.url()).origin, origin);
}));

test('its looks follow the custom properties and not the rules of the site', () => visit(`${origin}/`, async page => {
  const style = await page.locator('nq-search').evaluate(box => {
    const of = part => getComputedStyle(box.shadowRoot.querySelector(part));
    return { display: of('input').display, colour: of('button').color };
  });
  assert.notEqual(style.display, 'none');
  assert.equal(style.colour, 'rgb(0, 80, 40)');
}));

test('whatever a site sets for everything on it, the box is as it was', async () => {
  const measure = path => {
    let seen;
    return visit(`${origin}${path}`, async page => {
      await page.getByRole('combobox').pressSequentially('算电');
      await page.locator('nq-search li.hit').first().waitFor();
      assert.deepEqual(await violations(page), []);
      seen = await page.locator('nq-search').evaluate(box => [...box.shadowRoot.querySelectorAll('form, input, button, ul, li, .text, .note, mark')].map(e => {
        const { display, position, color, fontSize, fontWeight, letterSpacing, textTransform, textIndent, cursor, backgroundColor } = getComputedStyle(e);
        return [e.localName, display, position, e.part.contains('button') || color, fontSize, fontWeight, letterSpacing, textTransform, textIndent, cursor, backgroundColor];
      }));
    }).then(() => seen);
  };
  const [plain, hostile] = [await measure('/'), await measure('/hostile')];
  assert.ok(plain.length > 10);
  assert.deepEqual(hostile, plain);
});

test('the box is dark where the site is, and not where only the system is', async () => {
  const ground = page => page.locator('nq-search').evaluate(box => getComputedStyle(box.shadowRoot.querySelector('form')).backgroundColor);
  await visit(`${origin}/dark`, async page => {
    assert.equal(await ground(page), 'rgb(30, 32, 36)');
    await page.getByRole('combobox').pressSequentially('算电');
    await page.locator('nq-search li.hit').first().waitFor();
    assert.deepEqual(await violations(page), []);
  });
  await visit(`${origin}/`, async page => assert.equal(await ground(page), 'rgb(255, 255, 255)'), { colorScheme: 'dark' });
});

test('hostile passages are text in the box, and a wrong src leads nowhere', async () => {
  await visit(`${origin}/`, async page => {
    await page.getByRole('combobox').pressSequentially('跨站样本');
    await page.locator('nq-search li.hit').first().waitFor();
    assert.ok((await page.locator('nq-search li.hit').first().textContent()).includes('<script>'));
    assert.equal(await page.locator('nq-search img, nq-search b').count(), 0);
  });
  await visit(`${origin}/wrong`, async page => {
    await page.getByRole('combobox').fill('算电');
    await page.getByRole('combobox').press('Enter');
    await page.waitForTimeout(200);
    assert.equal(new URL(page.url()).origin, origin);
  });
});
