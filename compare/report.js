// Replaces the pictures of figures that carry their numbers as JSON by plots that answer to the pointer.
(() => {
  'use strict';

  const number = (digits, useGrouping) => new Intl.NumberFormat('en-GB', {maximumSignificantDigits: digits, useGrouping});
  const [rough, exact] = [number(4, false), number(7, true)];
  const text = value => rough.format(value).replace('-', '−');
  const short = value => Math.abs(value) >= 1e6 ? `${text(value / 1e6)}M` : Math.abs(value) >= 1e4 ? `${text(value / 1e3)}k` : text(value);

  const kRow = 15;  // pixels for the name of a landmark above a plot

  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const ink = role => color(`--chart-${role}`);

  const element = (tag, className, content = '') => {
    const node = document.createElement(tag);
    node.className = className;
    node.textContent = content;
    return node;
  };

  /// Dygraphs takes labels for HTML.
  const markup = content => element('span', '', content).innerHTML;

  /// Rows of [x, [low, y, high] or null for each series], rising in x.
  function rowsOf(series) {
    const rows = new Map();
    series.forEach((each, column) => each.x.forEach((x, i) => {
      if (x === null || each.y[i] === null) return;
      if (!rows.has(x)) rows.set(x, [x, ...series.map(() => null)]);
      const y = each.y[i];
      rows.get(x)[column + 1] = [each.low[i] ?? y, y, each.high[i] ?? y];
    }));
    return [...rows.values()].sort((a, b) => a[0] - b[0]);
  }

  function strokeColumns(context, area, columns, style) {
    context.save();
    Object.assign(context, style);
    context.setLineDash(style.dashes ?? []);
    context.beginPath();
    for (const column of columns) {
      context.moveTo(Math.round(column) + 0.5, area.y);
      context.lineTo(Math.round(column) + 0.5, area.y + area.h);
    }
    context.stroke();
    context.restore();
  }

  /// The columns of places within the window, one for each pixel.
  const columnsOf = (plot, area, places) => {
    const parts = places.map(x => plot.toPercentXCoord(x)).filter(part => 0 <= part && part <= 1);
    return [...new Set(parts.map(part => Math.round(area.x + part * area.w)))];
  };

  function paintBehind(chart) {
    return (context, area, plot) => {
      const changes = columnsOf(plot, area, chart.changes);
      const alpha = Math.min(0.7, Math.max(0.1, 0.7 * Math.sqrt(12 / Math.max(1, changes.length))));
      strokeColumns(context, area, changes, {strokeStyle: ink('change'), globalAlpha: alpha, dashes: [4, 4]});
      const marks = columnsOf(plot, area, chart.landmarks.map(mark => mark.x));
      strokeColumns(context, area, marks, {strokeStyle: ink('axis'), dashes: [3, 3]});
    };
  }

  /// The names of landmarks above the plot, in the rows that its title leaves free.
  function nameLandmarks(chart, plot, place) {
    place.querySelectorAll('.landmark').forEach(name => name.remove());
    const area = plot.getArea();
    chart.landmarks.forEach(({x, name}, i) => {
      const [column] = columnsOf(plot, area, [x]);
      if (column === undefined) return;
      const label = element('span', 'landmark', name);
      place.append(label);
      const half = label.offsetWidth / 2;
      label.style.left = `${Math.max(half, Math.min(column, area.x + area.w - half))}px`;
      label.style.top = `${kRow * i}px`;
    });
  }

  /// A dot with its interval.
  function paintDot(plot, name, context, x, y, color, radius, row) {
    const [low, , high] = plot.getValue(row, plot.indexFromSetName(name));
    context.save();
    context.strokeStyle = context.fillStyle = color;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(x, plot.toDomYCoord(low));
    context.lineTo(x, plot.toDomYCoord(high));
    context.stroke();
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    context.restore();
  }

  /// The range of x with landmarks; a log axis and dots get room at both ends.
  function windowOf(chart, rows) {
    const places = [...rows.map(row => row[0]), ...chart.landmarks.map(mark => mark.x)].filter(
        x => !chart.x.log || x > 0);
    const low = Math.min(...places), high = Math.max(...places);
    if (!chart.x.log) return [low, high > low ? high : low + 1];
    const room = Math.max(1.15, (high / low) ** 0.03);
    return [low / room, high * room];
  }

  /// The colours of the scheme that the reader prefers.
  function colorsOf(chart) {
    const axis = {axisLineColor: ink('axis'), gridLineColor: ink('grid')};
    return {colors: chart.series.map(each => color(each.color)), axes: {x: axis, y: axis}};
  }

  function optionsOf(chart, rows) {
    const series = {};
    chart.series.forEach((each, i) => {
      series[`s${i}`] = each.points ?
          {strokeWidth: 0, drawPoints: true, pointSize: 4, drawPointCallback: paintDot, drawHighlightPointCallback: paintDot} :
          {strokeWidth: 2, connectSeparatedPoints: true};
    });
    const {colors, axes} = colorsOf(chart), axis = {...axes.x, axisLabelFormatter: short, gridLineWidth: 1};
    const model = {...Dygraph.defaultInteractionModel};
    for (const event of ['touchstart', 'touchmove', 'touchend']) delete model[event];  // they scroll the page
    const marks = chart.landmarks.length;
    return {
      ...(marks ? {title: '\u00a0', titleHeight: kRow * marks + 3} : {}),  // room above the plot
      labels: ['x', ...chart.series.map((_, i) => `s${i}`)],
      colors,
      visibility: chart.series.map(each => each.shown),
      series, customBars: true, fillAlpha: Math.min(0.2, Math.max(0.06, 0.4 / chart.series.length)), legend: 'never', interactionModel: model,
      dateWindow: windowOf(chart, rows), logscale: chart.y.log, xlabel: markup(chart.x.label), ylabel: markup(chart.y.label),
      axes: {x: {...axis, logscale: chart.x.log, pixelsPerLabel: 60}, y: {...axis, axisLabelWidth: 56}},
      underlayCallback: paintBehind(chart), xLabelHeight: 20, yLabelWidth: 20, highlightCircleSize: 4,
    };
  }

  /// Buttons with the names of all series, which show and hide them in every plot of the figure.
  function legendOf(charts, plots) {
    const legend = element('div', 'legend');
    charts[0].series.forEach((series, i) => {
      if (!series.name) return;
      const button = element('button', ''), key = element('span', series.points ? 'key dot' : 'key');
      key.style.background = `var(${series.color})`;
      button.append(key, series.name);
      button.type = 'button';
      button.setAttribute('aria-pressed', series.shown);
      button.addEventListener('click', () => {
        const shown = button.getAttribute('aria-pressed') !== 'true';
        button.setAttribute('aria-pressed', shown);
        for (const plot of plots) plot.setVisibility(i, shown);
      });
      legend.append(button);
    });
    return legend;
  }

  const interval = ([low, y, high]) => low === y && high === y ? text(y) : `${text(y)} [${text(low)}, ${text(high)}]`;

  /// What the plot says at a place: every visible, named series with its interval.
  function readingOf(chart, plot, x, row) {
    const values = chart.series.flatMap((series, i) => {
      const value = plot.visibility()[i] && series.name && plot.getValue(row, i + 1);
      return value ? [`${series.name}: ${interval(value)}`] : [];
    });
    return `${exact.format(x)} ${chart.x.label}: ${values.join(' · ')}`;
  }

  const scheme = matchMedia('(prefers-color-scheme: dark)');

  /// The first figure says how to read them all; the first that hides a curve, how to see it.
  let explained = false, namesExplained = false;

  function makeLive(figure) {
    const charts = [...figure.querySelectorAll('script')].map(script => JSON.parse(script.textContent));
    if (!charts.length) return;
    const area = element('div', 'plots'), hint = explained ? '' : 'Point at a plot to read it; drag to zoom, double-click to return.';
    explained = true;
    const readout = element('div', 'readout', hint);
    figure.classList.add('live');
    const plots = [], legend = legendOf(charts, plots);
    if (!namesExplained && charts[0].series.some(series => series.name && !series.shown)) {
      legend.append(element('span', 'hint', 'click a name to show it'));
      namesExplained = true;
    }
    figure.append(legend, area, readout);
    for (const chart of charts) {
      const place = element('div', 'plot'), rows = rowsOf(chart.series);
      area.append(place);
      if (!rows.length) continue;
      const plot = new Dygraph(place, rows, {
        ...optionsOf(chart, rows),
        drawCallback(plot) { nameLandmarks(chart, plot, place); },
        highlightCallback(event, x, points, row) { readout.textContent = readingOf(chart, this, x, row); },
        unhighlightCallback() { readout.textContent = hint; },
      });
      plots.push(plot);
      scheme.addEventListener('change', () => plot.updateOptions(colorsOf(chart)));
    }
  }

  document.querySelectorAll('figure').forEach(makeLive);
})();
