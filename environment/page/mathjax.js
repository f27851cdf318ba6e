// Everything listed is in tex-svg-full.js. Left out: what loads more files (autoload, require), and html, action and
// bbox, which let a formula carry links and CSS. \mmlToken of the base package does too, and other packages may: what a
// formula has of these is taken from it before it is drawn. Equations have their numbers already (equations.py).
window.MathJax = {
  tex: {inlineMath: [['$', '$'], ['\\(', '\\)']], displayMath: [['$$', '$$'], ['\\[', '\\]']],
        processEscapes: true, tags: 'none',
        packages: ['base', 'ams', 'newcommand', 'noundefined', 'configmacros', 'boldsymbol', 'braket', 'cancel',
                   'cases', 'color', 'mathtools', 'textmacros', 'upgreek']},
  options: {enableMenu: false, menuOptions: {settings: {assistiveMml: true, explorer: false, collapsible: false}}},
  loader: {load: []},
  startup: {elements: ['.tex'], ready() {
    MathJax.startup.defaultReady();
    const allowed = (name, value) => name === 'href' ? value.startsWith('#') : name === 'id' ? value.startsWith('mjx-')
      : name !== 'style' && name !== 'class' && !/url\s*\(/i.test(value);
    MathJax.startup.document.inputJax[0].postFilters.add(({data}) => data.root.walkTree(({attributes}) => {
      const given = attributes ? attributes.getAllAttributes() : {};
      Object.keys(given).filter(name => !allowed(name, String(given[name]))).forEach(name => delete given[name]);
    }));
  }}
};
