// The wire to formcheck: it is opened again when it breaks, as after a laptop's sleep.
const PATIENCE = 4000;  // Milliseconds without a wire until that is told.
const AGAIN = 700;      // Milliseconds between two tries.

export function connect(shows, hear, open = () => {}) {
  const address = new URL(`../wire?shows=${shows ? 1 : 0}`, import.meta.url);
  address.protocol = "ws:";
  const lost = document.getElementById("lost");
  let socket = null;
  let last = Date.now();

  const send = (message) => {
    if (socket !== null && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const dial = () => {
    socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      last = Date.now();
      lost.hidden = true;
      open(send);
    };
    socket.onmessage = (event) => hear(event.data, send);
    socket.onclose = () => {
      if (Date.now() - last > PATIENCE) lost.hidden = false;
      setTimeout(dial, AGAIN);
    };
  };
  dial();
  return send;
}
