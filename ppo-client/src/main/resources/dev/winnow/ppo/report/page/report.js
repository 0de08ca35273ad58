"use strict";
(() => {
  const root = document.documentElement;
  const variable = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const format = (value) => String(Number(value.toPrecision(4)));
  const stepName = (step) => (step < 0 ? "before training" : `step ${step}`);

  // Charts

  const charts = json("charts");
  const steps = charts.flatMap((chart) => chart.series.flatMap((series) => series.steps));
  const first = steps.reduce((a, b) => Math.min(a, b), Infinity);
  const last = steps.reduce((a, b) => Math.max(a, b), -Infinity);
  let drawn = [];

  function dataset(series, chart, colours) {
    const { stacked } = chart;
    const colour = colours[series.colour % colours.length];
    // Training is noisier than held-out prompts, and would hide them.
    const behind = !series.heldOut && chart.series.some((other) => other.heldOut && other.colour === series.colour);
    return {
      label: series.name,
      data: series.steps.map((x, i) => ({ x, y: series.values[i] })),
      borderColor: behind ? `${colour}80` : colour,
      backgroundColor: stacked ? `${colour}b0` : colour,
      borderWidth: stacked ? 1 : series.heldOut ? 2.5 : 1.5,
      borderDash: series.heldOut ? [6, 4] : [],
      // A curve of one point would be invisible without it.
      pointRadius: series.heldOut || series.steps.length === 1 ? 2.5 : 0,
      pointHitRadius: 0,
      clip: 4,
      fill: stacked ? "stack" : false,
    };
  }

  function tooltip(chart) {
    const unit = chart.unit ? ` ${chart.unit}` : "";
    return {
      itemSort: chart.stacked ? (a, b) => b.datasetIndex - a.datasetIndex : undefined,
      callbacks: {
        title: (items) => (items.length ? stepName(items[0].parsed.x) : ""),
        label: (item) => `${item.dataset.label}: ${format(item.parsed.y)}${unit}`,
        footer: (items) =>
          chart.stacked ? `sum: ${format(items.reduce((sum, item) => sum + item.parsed.y, 0))}${unit}` : "",
      },
    };
  }

  function draw(canvas) {
    const chart = charts[canvas.dataset.chart];
    const colours = variable("--series").split(" ");
    const ticks = { color: variable("--quiet"), maxTicksLimit: 7, includeBounds: false, callback: format };
    const axis = { grid: { color: variable("--line") }, ticks };
    return new Chart(canvas, {
      type: "line",
      data: { datasets: chart.series.map((series) => dataset(series, chart, colours)) },
      options: {
        animation: false,
        maintainAspectRatio: false,
        normalized: true,
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: { ...axis, type: "linear", min: first, max: last, title: { display: true, text: "step", color: ticks.color } },
          y: { ...axis, stacked: chart.stacked, beginAtZero: chart.stacked },
        },
        plugins: {
          legend: {
            display: chart.series.length > 1,
            position: "bottom",
            labels: { color: variable("--text"), boxWidth: 22, boxHeight: chart.stacked ? 8 : 0, padding: 10 },
          },
          tooltip: tooltip(chart),
        },
      },
    });
  }

  // Samples: below the centre one colour, above it the other, at it none.

  const tokens = [...document.querySelectorAll(".token")].map((element) => ({
    element,
    values: JSON.parse(element.dataset.values),
  }));
  const reward = document.getElementById("reward");
  const centre = document.getElementById("centre");

  const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const css = (colour) => `rgb(${colour.map(Math.round).join(" ")})`;

  // WCAG 2, relative luminance and contrast.
  function luminance(colour) {
    const [red, green, blue] = colour
      .map((channel) => channel / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  const readableOn = (colour) => ((luminance(colour) + 0.05) ** 2 > 1.05 * 0.05 ? "#000000" : "#ffffff");

  function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  function colourTokens() {
    if (!reward) return;
    const chosen = Number(reward.value);
    const values = tokens.map((token) => token.values[chosen]).filter((value) => value !== null && value !== 0);
    const middle = centre.value === "median" && values.length ? median(values) : 0;
    const reach = values.reduce((most, value) => Math.max(most, Math.abs(value - middle)), 0) || 1;
    const [page, below, above] = ["--page", "--below", "--above"].map((name) => channels(variable(name)));
    const paint = (value) => {
      const part = Math.min(Math.abs(value - middle) / reach, 1);
      const end = value < middle ? below : above;
      return page.map((channel, i) => channel + part * (end[i] - channel));
    };
    for (const { element, values: own } of tokens) {
      const value = own[chosen];
      // 0 is also what tokens have at which no segment ends, so it is never coloured.
      const colour = value === null || value === 0 ? null : paint(value);
      element.style.background = colour ? css(colour) : "";
      element.style.color = colour ? readableOn(colour) : "";
    }
    document.getElementById("gradient").style.background =
      `linear-gradient(to right, ${css(below)}, ${css(page)}, ${css(above)})`;
    document.getElementById("lowest").textContent = `worse ${format(middle - reach)}`;
    document.getElementById("middle").textContent = format(middle);
    document.getElementById("highest").textContent = `${format(middle + reach)} better`;
  }

  const hint = document.getElementById("hint");
  const names = json("names");

  document.addEventListener("pointerover", (event) => {
    const token = event.target.closest(".token");
    hint.hidden = !token;
    if (!token) return;
    hint.textContent = JSON.parse(token.dataset.values)
      .map((value, i) => `${names[i]}: ${value === null ? "–" : format(value)}`)
      .join("\n");
    const box = token.getBoundingClientRect();
    hint.style.left = `${Math.max(4, Math.min(box.left, innerWidth - hint.offsetWidth - 4))}px`;
    const below = box.bottom + 4;
    hint.style.top = `${below + hint.offsetHeight < innerHeight ? below : box.top - hint.offsetHeight - 4}px`;
  });

  function show() {
    drawn.forEach((chart) => chart.destroy());
    drawn = [...document.querySelectorAll("canvas[data-chart]")].map(draw);
    colourTokens();
  }

  reward?.addEventListener("change", colourTokens);
  centre?.addEventListener("change", colourTokens);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();
})();
