"use strict";
// Renews the page in place, every few seconds while somebody looks at it: what is read, marked or focused is left alone.
{
  const seconds = 5;
  const clock = document.getElementById("clock");
  const news = document.getElementById("news");
  const button = document.createElement("button");
  let isPaused = false;
  let isAway = false;

  const generator = (page) => page.querySelector("meta[name=generator]")?.content;

  function show(page) {
    if (generator(page) !== generator(document)) {
      location.reload();
      return;
    }
    document.querySelector("main").replaceWith(page.querySelector("main"));
    clock.previousElementSibling.replaceWith(page.getElementById("clock").previousElementSibling);
    clock.replaceChildren(...page.getElementById("clock").childNodes);
    document.querySelector("link[rel=icon]").href = page.querySelector("link[rel=icon]").href;
    if (document.title !== page.title || isAway) news.textContent = page.title;
    document.title = page.title;
    isAway = false;
    clock.classList.remove("stale");
  }

  function showAway() {
    if (isAway) return;
    isAway = true;
    const time = clock.querySelector("time");
    clock.classList.add("stale");
    clock.replaceChildren("The agent doesn't answer. This is as of ", time, " UTC");
    document.title = "No answer: " + document.querySelector("h1").textContent;
    news.textContent = document.title;
  }

  async function renew() {
    const isMarking = !getSelection().isCollapsed;
    if (!isPaused && !document.hidden && !isMarking) {
      try {
        const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(4000) });
        if (!answer.ok) throw new Error(String(answer.status));
        show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } catch {
        showAway();
      }
    }
    setTimeout(renew, seconds * 1000);
  }

  button.type = "button";
  button.textContent = "Pause";
  button.addEventListener("click", () => {
    isPaused = !isPaused;
    button.textContent = isPaused ? "Resume" : "Pause";
  });
  clock.after(button);
  setTimeout(renew, seconds * 1000);
}
