// The settings: cameras are looked for on request.
import "./cameras.js";
import "./presence.js";
