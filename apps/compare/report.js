// Replaces the pictures of figures that carry their numbers as JSON by plots that answer to the pointer.
(() => {
  'use strict';

  const number = new Intl.NumberFormat('en-GB', {maximumSignificantDigits: 4});
  const text = value => number.format(value).replace('-', '−');

  const element = (tag, className, content = '') => {
    const node = document.createElement(tag);
    node.className = className;
    node.textContent = content;
    return node;
  };

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
  const columnsOf = (plot, area, places) => [...new Set(places.map(x => Math.round(plot.toDomXCoord(x))))].filter(
      column => area.x <= column && column <= area.x + area.w);

  function paintBehind(chart) {
    return (context, area, plot) => {
      const changes = columnsOf(plot, area, chart.changes);
      const alpha = Math.min(0.45, Math.max(0.08, 0.45 * Math.sqrt(12 / Math.max(1, changes.length))));
      strokeColumns(context, area, changes, {strokeStyle: `rgba(115, 92, 140, ${alpha})`});
      chart.landmarks.forEach(({x, name}, i) => {
        const [column] = columnsOf(plot, area, [x]);
        if (column === undefined) return;
        strokeColumns(context, area, [column], {strokeStyle: '#737373', dashes: [3, 3]});
        context.save();
        context.fillStyle = '#555';
        context.font = '12px system-ui, sans-serif';
        const right = column + context.measureText(name).width + 4 > area.x + area.w;
        context.textAlign = right ? 'right' : 'left';
        context.fillText(name, column + (right ? -4 : 4), area.y + 12 + 15 * i);
        context.restore();
      });
    };
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
    const room = Math.max(1.1, (high / low) ** 0.03);
    return [low / room, high * room];
  }

  function optionsOf(chart, rows) {
    const series = {};
    chart.series.forEach((each, i) => {
      series[`s${i}`] = each.points ?
          {strokeWidth: 0, drawPoints: true, pointSize: 4, drawPointCallback: paintDot, drawHighlightPointCallback: paintDot} :
          {strokeWidth: 2, connectSeparatedPoints: true};
    });
    const axis = {labelsKMB: true, axisLineColor: '#737373', gridLineColor: '#e6e6e6', gridLineWidth: 1};
    const model = {...Dygraph.defaultInteractionModel};
    for (const event of ['touchstart', 'touchmove', 'touchend']) delete model[event];  // they scroll the page
    return {
      labels: ['x', ...chart.series.map((_, i) => `s${i}`)],
      colors: chart.series.map(each => each.color),
      visibility: chart.series.map(each => each.shown),
      series, customBars: true, fillAlpha: 0.2, legend: 'never', interactionModel: model,
      dateWindow: windowOf(chart, rows), logscale: chart.y.log, xlabel: chart.x.label, ylabel: chart.y.label,
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
      key.style.background = series.color;
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
    return `${text(x)} ${chart.x.label.split(',')[0]} — ${values.join(' · ')}`;
  }

  function makeLive(figure) {
    const charts = [...figure.querySelectorAll('script')].map(script => JSON.parse(script.textContent));
    if (!charts.length) return;
    const area = element('div', 'plots'), hint = 'Point at a plot to read it; drag to zoom, double-click to return.';
    const readout = element('div', 'readout', hint);
    figure.classList.add('live');
    const plots = [], legend = legendOf(charts, plots);
    figure.append(legend, area, readout);
    for (const chart of charts) {
      const place = element('div', 'plot'), rows = rowsOf(chart.series);
      area.append(place);
      if (!rows.length) continue;
      plots.push(new Dygraph(place, rows, {
        ...optionsOf(chart, rows),
        highlightCallback(event, x, points, row) { readout.textContent = readingOf(chart, this, x, row); },
        unhighlightCallback() { readout.textContent = hint; },
      }));
    }
  }

  document.querySelectorAll('figure').forEach(makeLive);
})();
