// While something is pressed nothing is drawn: a button that was put in the place of the pressed one would never hear of the click.

const AFTER_RELEASE = 60; // milliseconds; a finger's click comes a little after it is lifted

let waiting = null;

/** Draws now, or as soon as nothing is pressed any more. */
export function whenReleased(draw) {
  if (waiting) waiting.push(draw);
  else draw();
}

function release() {
  const draws = waiting ?? [];
  waiting = null;
  draws.forEach((draw) => draw());
}

document.addEventListener("pointerdown", () => (waiting ??= []), true);
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(release, AFTER_RELEASE), true);
window.addEventListener("blur", release);
