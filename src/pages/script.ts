/**
 * What the pages do beyond being read: copy a command, judge an answer, open all folds (before printing too), mark the step
 * that is read. All they say is in the page: without a script it can be read as well.
 */
export const script = `
(() => {
  const say = document.body.dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const button = (text, onClick) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    made.addEventListener('click', () => onClick(made));
    return made;
  };

  const select = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  const copy = async (node) => {
    try {
      await navigator.clipboard.writeText(node.textContent);
    } catch {
      select(node);
      document.execCommand('copy');
    }
  };
  for (const line of all('.command')) {
    const code = line.querySelector('code');
    const status = document.createElement('span');
    status.className = 'heard';
    status.setAttribute('role', 'status');
    const made = button(say.copy, async () => {
      await copy(code);
      made.textContent = status.textContent = say.copied;
      setTimeout(() => { made.textContent = say.copy; status.textContent = ''; }, 2000);
    });
    made.setAttribute('aria-describedby', code.id);
    line.append(made, status);
  }

  for (const question of all('.question')) {
    const right = question.dataset.answer.split(' ');
    const answer = question.querySelector('.answer');
    const status = question.querySelector('[role=status]');
    const judge = () => {
      const given = all('input:checked', question).map(({ value }) => value);
      const wrong = given.find((one) => !right.includes(one));
      const isRight = wrong === undefined && given.length === right.length;
      const told = wrong && answer.querySelector('[data-wrong="' + wrong + '"]');
      question.dataset.state = isRight ? 'right' : given.length === 0 ? '' : 'wrong';
      status.textContent =
        given.length === 0 ? say.choose
        : isRight ? say.right + ' ' + answer.querySelector('.because').textContent
        : wrong === undefined ? say.notAll
        : told ? told.textContent : say.notThat;
      if (isRight) answer.open = true;
    };
    status.before(button(say.check, judge));
  }

  const folds = all('details');
  const rail = document.querySelector('.rail');
  if (rail && folds.length > 0) {
    let open = false;
    rail.append(button(say.openAll, (made) => {
      open = !open;
      for (const fold of folds) fold.open = open;
      made.textContent = open ? say.closeAll : say.openAll;
    }));
  }
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = folds.filter((fold) => !fold.open);
    for (const fold of closed) fold.open = true;
  });
  addEventListener('afterprint', () => {
    for (const fold of closed) fold.open = false;
  });

  if (rail && 'IntersectionObserver' in window) {
    const links = new Map(all('a[href^="#"]', rail).map((link) => [link.hash.slice(1), link]));
    const seen = new Set();
    const mark = () => {
      const first = [...links.keys()].find((id) => seen.has(id));
      if (first === undefined) return;
      for (const [id, link] of links)
        if (id === first) link.setAttribute('aria-current', 'step');
        else link.removeAttribute('aria-current');
    };
    const watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) seen[isIntersecting ? 'add' : 'delete'](target.id);
      mark();
    }, { rootMargin: '-10% 0px -60% 0px' });
    for (const id of links.keys()) watch.observe(document.getElementById(id));
  }
})();
`;
