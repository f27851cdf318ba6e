// Folding of code, the way to the search, and staying at the place that the address names while formulas are drawn.
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
  addEventListener('hashchange', show);
  addEventListener('load', () => {
    const before = scrollY;  // formulas move what is below them; where one has scrolled meanwhile, let it be
    show();
    window.MathJax?.startup?.promise?.then(() => { if (Math.abs(scrollY - before) < 4 || place()) show(); });
  });
})();
