// Draws the camera's picture and, over it, the person: sharp at any size, mirrored if wanted.
const COLORS = { safety: "#ff7a45", fault: "#f7c34d", hint: "#74bdea" };
const WHITE = "#ffffff", DARK = "#15171a", GROUND = "#0d0f10";

export class Drawing {
  constructor(canvas, isMirrored) {
    this.canvas = canvas;
    this.isMirrored = isMirrored;
    this.context = canvas.getContext("2d", { alpha: false });
    this.last = null;
    new ResizeObserver(([entry]) => this.resize(entry.contentRect)).observe(canvas);
  }

  show(picture, scene) {
    if (this.last !== null && this.last.picture !== picture) this.last.picture.close();
    this.last = { picture, scene };
    this.redraw();
  }

  resize(box) {
    this.canvas.width = Math.round(box.width * window.devicePixelRatio);
    this.canvas.height = Math.round(box.height * window.devicePixelRatio);
    this.redraw();
  }

  redraw() {
    if (this.last === null) return;
    const { picture, scene } = this.last;
    const { width, height } = this.canvas;
    const scale = Math.min(width / picture.width, height / picture.height);
    const shown = { width: picture.width * scale, height: picture.height * scale };
    const left = (width - shown.width) / 2, top = (height - shown.height) / 2;
    const context = this.context;
    context.fillStyle = GROUND;
    context.fillRect(0, 0, width, height);
    context.save();
    context.translate(left, top);
    context.save();
    if (this.isMirrored) {
      context.translate(shown.width, 0);
      context.scale(-1, 1);
    }
    context.drawImage(picture, 0, 0, shown.width, shown.height);
    context.restore();
    const at = (x, y) => [(this.isMirrored ? shown.width - x * shown.height : x * shown.height), y * shown.height];
    this.person(scene, at, shown.height);
    context.restore();
  }

  person(scene, at, unit) {
    const context = this.context;
    context.lineCap = context.lineJoin = "round";
    context.beginPath();
    for (const [ax, ay, bx, by] of scene.bones ?? []) {
      context.moveTo(...at(ax, ay));
      context.lineTo(...at(bx, by));
    }
    this.stroke(DARK, 0.011 * unit);
    this.stroke(WHITE, 0.006 * unit);
    for (const [x, y, severity] of scene.rings ?? []) {
      context.beginPath();
      context.arc(...at(x, y), 0.036 * unit, 0, 2 * Math.PI);
      this.stroke(DARK, 0.019 * unit);
      this.stroke(COLORS[severity], 0.013 * unit);
    }
    if (scene.measure) this.measure(scene.measure, at, unit);
  }

  measure({ kind, points, words }, at, unit) {
    const context = this.context;
    const [a, joint, b] = kind === "arc" ? points.map((each) => at(...each)) : [null, at(...points[0]), at(...points[1])];
    const turn = (to) => Math.atan2(to[1] - joint[1], to[0] - joint[0]);
    let away;
    context.beginPath();
    if (kind === "arc") {
      const first = turn(a);
      let sweep = (turn(b) - first + 3 * Math.PI) % (2 * Math.PI) - Math.PI;
      // Nearly straight, the arc lies above: a body that trembles must not let it jump.
      if (Math.abs(sweep) > 2.88 && Math.sin(first + sweep / 2) > 0) sweep -= Math.sign(sweep) * 2 * Math.PI;
      context.arc(...joint, 0.075 * unit, first, first + sweep, sweep < 0);
      away = first + sweep / 2 + Math.PI;
    } else {
      context.moveTo(...joint);
      context.lineTo(...b);
      away = turn(b) + Math.PI;
    }
    this.stroke(DARK, 0.017 * unit);
    this.stroke(WHITE, 0.009 * unit);
    context.font = `bold ${Math.round(0.06 * unit)}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 0.012 * unit;
    context.strokeStyle = DARK;
    context.fillStyle = WHITE;
    const far = 0.1 * unit;
    const place = [joint[0] + far * Math.cos(away), joint[1] + far * Math.sin(away)];
    context.strokeText(words, ...place);
    context.fillText(words, ...place);
  }

  stroke(color, width) {
    this.context.strokeStyle = color;
    this.context.lineWidth = width;
    this.context.stroke();
  }
}
