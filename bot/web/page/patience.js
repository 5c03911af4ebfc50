// Waiting between attempts: longer each time, never more than 15 s, cut short when there is new hope.

const FIRST = 500;
const LONGEST = 15000;

export class Patience {
  attempts = 0;
  #wake = null;

  rest() {
    const pause = Math.min(LONGEST, FIRST * 2 ** this.attempts) * (0.75 + Math.random() / 2);
    this.attempts += 1;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  wake() {
    this.#wake?.();
    this.#wake = null;
  }

  reset() {
    this.attempts = 0;
  }
}
