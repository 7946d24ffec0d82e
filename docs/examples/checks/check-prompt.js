// The prompt of a credit check (自动比对、自动提示) inside a department's own page. No dependencies.
// It asks the department's own server (data-credit-check), which holds the secret; the platform is never asked by the browser.
// Everything that comes back is set as text, never as markup. The result is a prompt: the official decides, and says what was done.
"use strict";

const OUTCOMES = {
  "clear": "未见不良记录",
  "has-records": "有不良记录",
  "on-list": "在名单中",
  "not-found": "未找到",
  "to-be-judged": "待判定",
};
const FEEDBACK = { "seen": "已知悉", "acted": "已采取措施", "not-acted": "未采取措施" };

function line(kind, text) {
  const element = document.createElement(kind);
  element.textContent = text;
  return element;
}

async function ask(address, content) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  });
  const told = await answer.json();
  if (!answer.ok) {
    throw new Error(told.what ? `${told.what.zh}：${told.why.zh}。${told.mend.zh}` : "核查未完成，请稍后重试");
  }
  return told;
}

function entry(one) {
  const until = one.until ? `至 ${one.until}` : "无截止日期";
  const says = one.says ? `，${one.says.zh}` : "";
  return line("li", `${one.title.zh}${says}，${one.number}，${one.authority}，自 ${one.since} ${until}。依据：${one.basis}`);
}

function feedback(place, address, number) {
  const row = line("p", "");
  for (const [kind, words] of Object.entries(FEEDBACK)) {
    const button = line("button", words);
    button.type = "button";
    button.addEventListener("click", async () => {
      const why = kind === "not-acted" ? window.prompt("请说明理由") || "" : "";
      try {
        await ask(`${address}/${number}/feedback`, { feedback: kind, why });
        row.replaceChildren(line("span", `已反馈：${words}`));
      } catch (error) {
        row.append(line("span", ` ${error.message}`));
      }
    });
    row.append(button);
  }
  place.append(row);
}

function show(place, address, found) {
  const list = document.createElement("ul");
  list.append(...[...found.entries, ...found.records].map(entry));
  const reasons = found.reasons.map((one) => line("p", one.zh));
  const whose = found.subject ? `${found.subject.name}（${found.subject.code}）` : "";
  const candidates = found.candidates.map((one) => line("p", `可能是：${one.name}（${one.code}）`));
  place.replaceChildren(line("strong", `${whose} ${OUTCOMES[found.outcome]}`), list, ...reasons, ...candidates);
  place.append(line("p", `截至 ${found.as_of}，回执 ${found.receipt}。结果仅为提示，由办理人员判定。`));
  feedback(place, address, found.id);
}

for (const section of document.querySelectorAll("[data-credit-check]")) {
  const address = section.dataset.creditCheck;
  const [button, place] = [section.querySelector("button"), section.querySelector("div")];
  button.addEventListener("click", async () => {
    const fields = new FormData(section.closest("form"));
    button.disabled = true;
    try {
      const asked = Object.fromEntries(["business_number", "code", "name"].map((name) => [name, fields.get(name) || ""]));
      show(place, address, await ask(address, asked));
    } catch (error) {
      place.replaceChildren(line("p", error.message));
    } finally {
      button.disabled = false;
    }
  });
}
