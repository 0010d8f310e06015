"use strict";
// The page works without this script: every figure links to its row and back. It adds filters, sorting, languages.
(() => {
  const root = document.documentElement;
  const labels = JSON.parse(document.getElementById("labels").textContent);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // ---- language and colours; what was chosen is kept where the browser lets a page keep anything ----
  const keep = (name, value) => { try { localStorage.setItem("czreport." + name, value); } catch { /* private window */ } };
  const kept = (name) => { try { return localStorage.getItem("czreport." + name); } catch { return null; } };

  function speak(language) {
    root.lang = language === "zh" ? "zh-Hans" : "en";
    root.dataset.lang = language;
    for (const element of all("[data-l]")) {
      const text = labels[language][element.dataset.l];
      if (text !== undefined) element.textContent = text;
    }
    for (const element of all("[data-aria]")) element.setAttribute("aria-label", labels[language][element.dataset.aria]);
    for (const button of all("button[data-language]"))
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    count();
  }
  for (const button of all("button[data-language]"))
    button.addEventListener("click", () => { speak(button.dataset.language); keep("language", button.dataset.language); });

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const theme = document.getElementById("theme");
  function paint(name) {
    if (name) root.dataset.theme = name;
    theme.setAttribute("aria-pressed", String(isDark()));
  }
  theme.addEventListener("click", () => { paint(isDark() ? "light" : "dark"); keep("theme", root.dataset.theme); });
  paint(kept("theme"));

  // ---- the table ----
  const form = document.getElementById("filters");
  const body = form && document.querySelector("#rows tbody");
  const rows = body ? all("tr", body) : [];
  const texts = rows.map((row) => row.dataset.words.toLowerCase());
  const output = document.getElementById("count");
  const choices = form ? all("select", form) : [];
  let shown = rows.length;

  function count() {
    if (!output) return;
    output.textContent = labels[root.dataset.lang].count.replace("{shown}", shown).replace("{all}", rows.length);
  }

  function filter() {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const indicator = form.elements.indicator.value.trim().toLowerCase();
    shown = 0;
    rows.forEach((row, i) => {
      const fits = choices.every((choice) =>
        !choice.value || (choice.name === "section" ? row.dataset.section.startsWith(choice.value) : row.dataset[choice.name] === choice.value)) &&
        (!indicator || row.dataset.indicator.toLowerCase().includes(indicator)) && words.every((word) => texts[i].includes(word));
      row.hidden = !fits;
      shown += fits;
    });
    count();
  }

  function sort(header) {
    const key = header.dataset.key;
    const down = header.getAttribute("aria-sort") === "ascending";
    for (const other of all("th", header.parentNode)) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const numeric = key === "row" || key === "value";
    const collator = new Intl.Collator(root.lang);
    const at = (row) => (numeric ? parseFloat(row.dataset[key]) : row.dataset[key]);
    const sorted = [...rows].sort((a, b) => {
      const x = at(a), y = at(b);
      if (numeric && (isNaN(x) || isNaN(y))) return isNaN(x) - isNaN(y); // what has no value stays last
      const order = numeric ? x - y : collator.compare(x, y);
      return (down ? -order : order) || a.dataset.row - b.dataset.row;
    });
    body.append(...sorted);
  }

  // ---- jumps: the target of a link is shown in the middle of its pane, marked and given the focus ----
  function show(id) {
    const element = document.getElementById(id);
    if (!element) return false;
    if (element.hidden) { form.reset(); filter(); }
    for (const old of all(".here")) old.classList.remove("here");
    element.classList.add("here");
    // Rows out of view have an estimated height until they are laid out: the second call knows the real ones.
    for (let i = 0; i < 2; i++) element.scrollIntoView({ block: "center" });
    requestAnimationFrame(() => element.scrollIntoView({ block: "center" }));
    const link = element.querySelector("a");
    if (link) link.focus({ preventScroll: true });
    return true;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && show(link.hash.slice(1))) {
      event.preventDefault();
      history.replaceState(null, "", link.hash);
    }
  });

  if (form) {
    form.addEventListener("input", filter);
    form.addEventListener("change", filter); // a choice made by assistive technology may send only this
    form.addEventListener("reset", () => setTimeout(filter));
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const header of all("#rows th[data-key]"))
      header.querySelector("button").addEventListener("click", () => sort(header));
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
        event.preventDefault();
        form.elements.words.focus();
      }
    });
    filter();
  }
  speak(kept("language") || root.dataset.lang);
  if (location.hash) show(location.hash.slice(1));
})();
