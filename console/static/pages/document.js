// The documents of a work order: what can be opened now.

import { render } from "../compiled/document.js";
import { openPage } from "../lib/app.js";

const { base } = document.getElementById("page").dataset;

openPage({ name: "DocumentPage", props: ["data", "tools"], setup: () => ({ base }), render });
