// Makes the stills of a moving picture sliders over all its frames. What it takes from the page it uses as text only.
(() => {
  const make = (tag, properties, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };
  const calm = matchMedia('(prefers-reduced-motion: reduce)');

  const upgrade = (box, figures, sliders) => {
    const inputs = sliders.map(([, ...values]) =>
      make('input', {type: 'range', min: 0, max: values.length - 1, step: 1, value: 0}));
    const outputs = sliders.map(() => make('output', {ariaLive: 'off'}));
    let timer = 0, moving = inputs[0];
    const show = () => {
      const chosen = inputs.reduce((k, input) => k * (+input.max + 1) + +input.value, 0);
      inputs.forEach((input, i) => {
        outputs[i].textContent = sliders[i][1 + +input.value];
        input.setAttribute('aria-valuetext', outputs[i].textContent);
      });
      figures.forEach((figure, k) => { figure.hidden = k !== chosen; });
    };

    const button = make('button', {type: 'button', textContent: 'Play'});
    const stop = () => {
      clearInterval(timer);
      timer = 0;
      button.textContent = 'Play';
    };
    button.addEventListener('click', () => {
      if (timer) return stop();
      if (moving.value === moving.max) moving.value = 0;
      else moving.stepUp();
      show();
      button.textContent = 'Pause';
      timer = setInterval(() => {
        if (moving.value === moving.max) return stop();
        moving.stepUp();
        show();
      }, 700);
    });
    const settle = () => {
      button.hidden = calm.matches;
      if (calm.matches) stop();
    };
    calm.addEventListener('change', settle);
    settle();

    inputs.forEach((input, i) => input.addEventListener('input', () => {
      stop();
      moving = input;
      show();
    }));
    figures.forEach(figure => {
      figure.removeAttribute('style');
      figure.querySelector('figcaption').hidden = true;
    });
    box.addEventListener('pointerover', () => box.querySelectorAll('img').forEach(image => { image.loading = 'eager'; }),
      {once: true});
    const controls = make('div', {className: 'controls'}, button, ...inputs.map((input, i) =>
      make('span', {}, make('label', {}, sliders[i][0] + ' ', input), ' ', outputs[i])));
    controls.setAttribute('data-lm-suppress-shortcuts', 'true');  // JupyterLab would take the arrow keys
    controls.style.cssText = 'display:flex;flex-wrap:wrap;align-items:center;gap:4px 16px;margin:0 0 8px';
    inputs.forEach(input => { input.style.cssText = 'width:260px;max-width:60vw;vertical-align:middle'; });
    box.insertBefore(controls, figures[0]);
    show();
  };

  for (const box of document.querySelectorAll('.frames[data-sliders]')) {
    const figures = [...box.querySelectorAll('figure')], sliders = JSON.parse(box.dataset.sliders);
    const wanted = sliders.reduce((product, slider) => product * (slider.length - 1), 1);
    if (!box.querySelector('.controls') && figures.length === wanted) upgrade(box, figures, sliders);
  }
})();
