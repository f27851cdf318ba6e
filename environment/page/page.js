// Folding of code, the way to the search, what scrolls within the reach of the keyboard, and staying at the place that the
// address names while formulas are drawn.
(() => {
  const kept = {  // on this device; a browser may forbid it to files
    get: () => { try { return localStorage.getItem('scorebook-code'); } catch { return null; } },
    set: value => { try { localStorage.setItem('scorebook-code', value); } catch { /* then it is not remembered */ } }
  };
  const cells = [...document.querySelectorAll('.cell:not(.failed) > details.code')];
  const folding = document.querySelector('button.folding');
  const fold = hidden => {
    cells.forEach(cell => { cell.open = !hidden; });
    folding.textContent = hidden ? 'Show code' : 'Hide code';
  };
  if (folding && cells.length) {
    folding.hidden = false;
    if (kept.get() === 'hidden') fold(true);
    folding.addEventListener('click', () => {
      const hidden = cells.some(cell => cell.open);
      kept.set(hidden ? 'hidden' : 'shown');
      fold(hidden);
    });
  }

  const search = document.querySelector('button.search');
  if (search) {
    let loading;
    const open = () => {
      loading ??= new Promise(resolve => document.head.append(
        Object.assign(document.createElement('script'), {src: 'parts/search.js', onload: resolve})));
      loading.then(() => window.scorebookSearch.open());
    };
    search.hidden = false;
    search.addEventListener('click', open);
    document.addEventListener('keydown', event => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        open();
      }
    });
  }

  const place = () => location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const show = () => {
    const there = place();
    if (!there) return;
    for (let at = there.closest('details'); at; at = at.parentElement.closest('details')) at.open = true;
    there.scrollIntoView({behavior: 'instant'});
  };
  const reach = () => {  // a table, code or a formula that is wider than its place
    for (const wide of document.querySelectorAll('.scroll, pre, .formula > mjx-container')) {
      const scrolls = wide.scrollWidth > wide.clientWidth + 1;
      if (scrolls === wide.hasAttribute('tabindex')) continue;
      if (scrolls) {
        for (const [name, value] of [['tabindex', 0], ['role', 'group'], ['aria-label', 'Scrolls sideways']])
          wide.setAttribute(name, value);
      } else for (const name of ['tabindex', 'role', 'aria-label']) wide.removeAttribute(name);
    }
  };
  addEventListener('hashchange', show);
  addEventListener('resize', reach);
  addEventListener('load', () => {
    show();
    reach();
    const there = scrollY;  // formulas move what is below them; where one has scrolled meanwhile, let it be
    window.MathJax?.startup?.promise?.then(() => {
      if (Math.abs(scrollY - there) < 400) show();
      reach();
    });
  });
})();
