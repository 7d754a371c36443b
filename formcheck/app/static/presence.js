// Lets formcheck know that a page is open, and tells when formcheck has ended.
import { connect } from "./wire.js";

connect(false, () => {});
