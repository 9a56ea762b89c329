// Suggestions while somebody types: a combobox by the ARIA pattern, whose list is chosen
// from by hand. Without this module the form works as any other.

const PATIENCE = 120; // milliseconds without a key before anything is asked
const SHORTEST = 2;

for (const form of document.querySelectorAll("form[data-suggestions]")) {
  suggestIn(form);
}

function suggestIn(form) {
  const input = form.querySelector("input[name=q]");
  const list = element("ul", { id: `${input.id}-suggestions`, role: "listbox" });
  const voice = element("p", { role: "status" });
  let suggestions = [];
  let active = -1;
  let timer = 0;
  let request = new AbortController();

  list.className = "suggestions";
  list.setAttribute("aria-label", form.dataset.suggestionsLabel);
  list.hidden = true;
  voice.className = "visually-hidden";
  input.after(list, voice);
  for (const [name, value] of Object.entries({
    // HTML lets a box of text be a combobox, and none of the type “search”.
    type: "text",
    inputmode: "search",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    // What a browser does by itself would be in the way of names.
    autocapitalize: "none",
    spellcheck: "false",
  })) {
    input.setAttribute(name, value);
  }

  const isOpen = () => !list.hidden;

  function open() {
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(isOpen()));
  }

  function close() {
    point(-1);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  /** Point at a suggestion, at none with -1; the cursor stays where one types. */
  function point(place) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = list.children[active];
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function leave() {
    point(-1);
    return false;
  }

  /** One further, or back; between the last and the first is the box itself. */
  function step(by) {
    const places = suggestions.length + 1;
    point(((active + 1 + by + places) % places) - 1);
  }

  function show(answer) {
    point(-1);
    suggestions = answer.suggestions;
    list.replaceChildren(...suggestions.map((one, place) => option(one, `${list.id}-${place}`)));
    voice.textContent = answer.said;
    open();
  }

  function forget() {
    request.abort();
    clearTimeout(timer);
    suggestions = [];
    voice.textContent = "";
    close();
  }

  async function ask() {
    const text = input.value.trim().replace(/\s+/g, " ").toLowerCase();
    request.abort();
    if (text.length < SHORTEST) {
      forget();
      return;
    }
    request = new AbortController();
    const { signal } = request;
    try {
      // The browser keeps answers, for as long as they say.
      const answer = await answerTo(form, text, signal);
      if (!signal.aborted && document.activeElement === input) show(answer);
    } catch {
      // Nobody misses a suggestion: the form still searches.
      if (!signal.aborted) forget();
    }
  }

  function follow(place, event) {
    const { url } = suggestions[place];
    if (event.ctrlKey || event.metaKey) window.open(url, "_blank", "noopener");
    else window.location.assign(url);
  }

  const keys = {
    ArrowDown(event) {
      if (isOpen()) step(event.altKey ? 0 : 1);
      else if (suggestions.length) {
        open();
        if (!event.altKey) point(0);
      } else ask();
    },
    ArrowUp(event) {
      if (event.altKey) close();
      else if (isOpen()) step(-1);
      else if (suggestions.length) {
        open();
        point(suggestions.length - 1);
      }
    },
    Enter(event) {
      if (!isOpen() || active < 0) return false;
      follow(active, event);
    },
    Escape() {
      if (isOpen()) close();
      else {
        input.value = "";
        forget();
      }
    },
    // The cursor moves in the text, and no suggestion is pointed at any more.
    Home: leave,
    End: leave,
    ArrowLeft: leave,
    ArrowRight: leave,
  };

  input.addEventListener("keydown", (event) => {
    const does = event.isComposing ? undefined : keys[event.key];
    if (does && does(event) !== false) event.preventDefault();
  });
  input.addEventListener("input", (event) => {
    point(-1);
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, PATIENCE);
  });
  input.addEventListener("compositionend", () => {
    timer = setTimeout(ask, PATIENCE);
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", forget);
  // The box keeps the cursor, and the keyboard of a phone, while one taps on the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) follow([...list.children].indexOf(chosen), event);
  });
  // Who comes back finds the page as it was left, but no open list.
  window.addEventListener("pageshow", close);
}

async function answerTo(form, text, signal) {
  const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: text })}`;
  const answer = await fetch(address, { signal, credentials: "omit" });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function option(suggestion, id) {
  const title = element("span", { class: "suggestion-title" }, suggestion.title);
  speak(title, suggestion.language);
  const detail = element("span", { class: "suggestion-detail" }, suggestion.kind);
  if (suggestion.city) {
    const city = element("span", {}, suggestion.city);
    speak(city, suggestion.city_language);
    detail.append(" · ", city);
  }
  const line = element("li", { id, role: "option", "aria-selected": "false" });
  line.append(title, " ", detail);
  return line;
}

/** Say in which language a text is, where that is not the reader's. */
function speak(text, language) {
  if (language !== document.documentElement.lang) text.lang = language;
}

function element(tag, attributes, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}
