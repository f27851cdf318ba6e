// The search over all pages. PAGES, above, has the text of each: [file, title, [[id, heading, text], ...]].
(() => {
  const plain = text => text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  // Formulas are found by what one types of them: s_theta, alpha bar, grad of \nabla need no backslash and no brace.
  const key = text => plain(text).replace(/[\\{}$]/g, ' ').replace(/\s+/g, ' ');
  const tight = text => key(text).replace(/ ?([_^()=+]) ?/g, '$1');
  const ENTRIES = PAGES.flatMap(([file, page, sections], order) => sections.map(([id, heading, text], n) => ({
    file, page, id, heading, text, order: order + n / 1e4,
    fields: [[tight(page), n ? 1 : 60], [tight(heading), 24], [tight(text), 4]]
  })));
  const LIMIT = 30;

  const weigh = (field, word) => {
    let best = 0;
    for (let at = field.indexOf(word), n = 0; at >= 0 && n < 50; at = field.indexOf(word, at + 1), n++) {
      const starts = !/[a-z0-9]/.test(field[at - 1] ?? ' ');
      const ends = !/[a-z0-9]/.test(field[at + word.length] ?? ' ');
      best = Math.max(best, starts && ends ? 3 : starts ? 2 : 1);
      if (best === 3) break;
    }
    return best;
  };
  const find = query => {
    const words = tight(query).split(' ').filter(Boolean);
    if (!words.length) return [];
    const phrase = words.join(' ');
    const scored = [];
    for (const entry of ENTRIES) {
      let score = 0;
      for (const word of words) {
        const best = Math.max(...entry.fields.map(([field, weight]) => weight * weigh(field, word)));
        score = best && (!score || score > 0) ? score + best : -1;
        if (score < 0) break;
      }
      if (score > 0) {
        if (words.length > 1) for (const [field, weight] of entry.fields) if (field.includes(phrase)) score += 2 * weight;
        scored.push({...entry, score});
      }
    }
    return scored.sort((a, b) => b.score - a.score || a.order - b.order).slice(0, LIMIT);
  };

  // The text around the first word, with all words marked; found in the text as it reads, so formulas stay whole.
  const snippet = (whole, query) => {
    const text = whole.replace(/\$|\\[,;!]|\\(?:left|right|[bB]igg?[lr]?)(?![a-z])/g, '').replace(/\s+/g, ' ');
    const words = plain(query).split(/\s+/).filter(Boolean).map(word =>
      word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/_|\\\^/g, '$&\\s*\\{?\\\\?'));
    const pattern = words.length ? new RegExp(words.join('|'), 'gi') : null;
    const at = pattern ? text.search(pattern) : -1;
    const from = Math.max(0, at < 60 ? 0 : text.indexOf(' ', at - 50) + 1);
    const cut = from + 160 < text.length ? text.lastIndexOf(' ', from + 160) : text.length;
    const piece = (from ? '\u2026 ' : '') + text.slice(from, cut) + (cut < text.length ? ' \u2026' : '');
    const out = document.createElement('span');
    let last = 0;
    for (const match of pattern ? piece.matchAll(pattern) : []) {
      out.append(piece.slice(last, match.index));
      out.append(Object.assign(document.createElement('mark'), {textContent: match[0]}));
      last = match.index + match[0].length;
    }
    out.append(piece.slice(last));
    return out;
  };

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const input = make('input', {type: 'search', placeholder: 'Search all pages', autocomplete: 'off', spellcheck: false});
  const list = make('div', {id: 'search-results', className: 'results'});
  const state = make('p', {className: 'state'});
  const dialog = make('dialog', {className: 'search-box'}, input, state, list);
  dialog.setAttribute('aria-label', 'Search all pages');
  for (const [name, value] of Object.entries({role: 'combobox', 'aria-label': 'Search all pages', 'aria-expanded': 'false',
    'aria-controls': list.id, 'aria-autocomplete': 'list'})) input.setAttribute(name, value);
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Results');
  state.setAttribute('role', 'status');
  document.body.append(dialog);

  let chosen = -1;
  const choose = n => {
    const results = [...list.children];
    chosen = results.length ? (n + results.length) % results.length : -1;
    results.forEach((result, i) => result.setAttribute('aria-selected', i === chosen));
    if (chosen >= 0) {
      input.setAttribute('aria-activedescendant', results[chosen].id);
      results[chosen].scrollIntoView({block: 'nearest'});
    } else input.removeAttribute('aria-activedescendant');
  };
  const result = (entry, n) => {
    const here = entry.heading && entry.heading !== entry.page;
    const link = make('a', {href: entry.file + (entry.id ? '#' + encodeURIComponent(entry.id) : ''), id: `result-${n}`,
      tabIndex: -1}, make('strong', {textContent: here ? entry.heading : entry.page}));
    if (here) link.append(make('span', {className: 'where', textContent: entry.page}));
    link.append(make('span', {className: 'snippet'}, snippet(entry.text, input.value)));
    link.setAttribute('role', 'option');
    return link;
  };
  const update = () => {
    const found = find(input.value);
    list.replaceChildren(...found.map(result));
    input.setAttribute('aria-expanded', String(found.length > 0));
    state.textContent = !input.value.trim() ? '' : !found.length ? 'Nothing found: every word must stand in one section.'
      : found.length === LIMIT ? `The best ${LIMIT} sections` : found.length === 1 ? '1 section' : `${found.length} sections`;
    choose(0);
  };
  input.addEventListener('input', update);
  input.addEventListener('keydown', event => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step) {
      event.preventDefault();
      choose(chosen + step);
    } else if (event.key === 'Escape') {  // which would only empty the field
      event.preventDefault();
      dialog.close();
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      list.children[chosen].click();
    }
  });
  list.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
  window.scorebookSearch = {
    find,
    open() {
      if (!dialog.open) dialog.showModal();
      input.select();
    }
  };
})();
