document.head.append(Object.assign(document.createElement('script'), {src: 'parts/mathjax.js'}));
