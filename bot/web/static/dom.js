/** Making elements. Text is only ever put in as text, never as HTML. */

/**
 * Make an element. `props`: `class`, `text`, `data` (data-… attributes), `on` (listeners), anything else is an attribute
 * (true: present, false, null or undefined: absent). Children are nodes or strings; null and false are left out.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key === "class") node.className = value;
    else if (key === "text") node.textContent = value;
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Make `parent` hold exactly `nodes`, in order, moving only what is out of place (so that selections and animations survive). */
export function place(parent, nodes) {
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild.remove();
}

/** Wrap a drawing function so that it runs only when what it depends on (a string) has changed. */
export function whenChanged(signature, draw) {
  let last;
  return () => {
    const now = signature();
    if (now === last) return;
    last = now;
    draw();
  };
}
