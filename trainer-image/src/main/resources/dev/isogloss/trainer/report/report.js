"use strict";
for (const table of document.querySelectorAll("table.scores")) {
  const body = table.tBodies[0];
  const tools = document.createElement("p");
  tools.className = "tools";
  const filter = document.createElement("input");
  filter.type = "search";
  filter.placeholder = "filter rows";
  filter.setAttribute("aria-label", "filter rows");
  filter.addEventListener("input", () => {
    for (const row of body.rows) row.hidden = !row.textContent.toLowerCase().includes(filter.value.toLowerCase());
  });
  tools.append(filter);
  for (const copy of table.closest("section").querySelectorAll("template[data-copy]")) {
    const button = document.createElement("button");
    const label = "copy as " + copy.dataset.copy;
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(copy.content.textContent);
        button.textContent = "copied";
      } catch (refused) {
        button.textContent = "the browser refuses to copy: the tables folder has it";
      }
      setTimeout(() => { button.textContent = label; }, 2000);
    });
    tools.append(button);
  }
  table.parentElement.after(tools);
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    head.dataset.sortable = "";
    head.tabIndex = 0;
    const sort = () => {
      const down = head.getAttribute("aria-sort") !== "descending" && head.classList.contains("number");
      const up = head.getAttribute("aria-sort") !== "ascending" && !head.classList.contains("number");
      const sign = down ? -1 : up ? 1 : head.classList.contains("number") ? 1 : -1;
      const value = (row) => {
        const cell = row.cells[column];
        return cell.dataset.value ?? cell.textContent;
      };
      const rows = [...body.rows].sort((a, b) => {
        const x = value(a), y = value(b);
        const numbers = Number(x) - Number(y);
        return sign * (Number.isNaN(numbers) ? x.localeCompare(y) : numbers);
      });
      body.append(...rows);
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", (key) => { if (key.key === "Enter") sort(); });
  });
}
