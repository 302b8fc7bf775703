// Draws the charts of a report from plain data. Text reaches the page through textContent only.
(() => {
  'use strict';
  const root = document.documentElement;
  const page = JSON.parse(document.getElementById('report-data').textContent);
  const cells = page.cells;
  const standings = ['dominated', 'frontier', 'recommended'];
  const rowOf = new Map(cells.rows.map(row => [row[0], row]));
  const views = [];
  const tableRowsMax = 2000;

  // --- numbers and small pieces of the page ---

  const number = (value, digits = 4) => {
    if (value === null || value === undefined || Number.isNaN(value)) return '–';
    const size = Math.abs(value);
    return size !== 0 && (size < 1e-4 || size >= 1e9)
      ? value.toExponential(2).replace('e+', 'e').replace('-', '\u2212')
      : value.toLocaleString('en-US', { maximumSignificantDigits: digits }).replace('-', '\u2212');
  };

  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  const withUnit = (text, unit) => unit ? `${text} ${unit}` : text;
  const color = name => getComputedStyle(root).getPropertyValue('--' + name).trim();
  const setting = (column, value) =>
    column.labels ? column.labels[value] : withUnit(number(value), column.unit);

  const estimate = (row, i) => {
    const at = 3 + cells.settings.length + 3 * i;
    const unit = cells.objectives[i].unit;
    const interval = row[at + 1] === row[at + 2] ? '' : ` (${number(row[at + 1])} to ${number(row[at + 2])})`;
    return withUnit(number(row[at]), unit) + interval;
  };

  // --- tooltips ---

  const box = (title, lines) => {
    const tip = make('div', undefined, 'tip');
    tip.append(make('strong', title));
    const list = make('dl');
    for (const [name, value] of lines) list.append(make('dt', name), make('dd', value));
    tip.append(list);
    return tip;
  };

  const tooltips = {
    cell: hit => {
      const row = rowOf.get((hit.value || hit.data)[0]);
      if (!row) return '';
      return box(`Cell ${row[0]} \u00b7 ${page.standings[row[1]]}`, [
        ...cells.settings.map((column, i) => [column.name, setting(column, row[3 + i])]),
        ...cells.objectives.map((column, i) => [column.name, estimate(row, i)]),
      ]);
    },
    grid: (hit, option) => box(option.series[0].name, [
      [option.xAxis.name, option.xAxis.data[hit.value[0]]],
      [option.yAxis.name, option.yAxis.data[hit.value[1]]],
      ['value', number(hit.value[2])],
    ]),
    category: hits => {
      const lines = hits.filter(h => h.value !== undefined)
        .map(h => [h.seriesName, Array.isArray(h.value) ? h.value.slice(1).map(v => number(v)).join(' to ') : number(h.value)]);
      return box(hits[0].name || hits[0].axisValueLabel, lines);
    },
    fan: (hits, option) => {
      const median = hits.find(h => h.seriesType === 'line') || hits[0];
      const at = median.dataIndex;
      const lines = option.series.map(s => [s.name, s.data[at].slice(1).map(v => number(v)).join(' to ')]).reverse();
      return box(`${option.xAxis.name.split(' ')[0]} ${number(median.value[0])} ${option.xAxis.name.replace(/^.*\(|\)$/g, '')}`, lines);
    },
  };

  // --- shapes that ECharts has no series for ---

  const shapes = {
    // A band is one polygon, lower edge and back along the upper one; a gap in the data ends it.
    band: data => (params, api) => {
      if (params.dataIndex !== 0) return null;
      const runs = [[]];
      for (const point of data()) {
        if (point[1] === null || point[2] === null) runs.push([]);
        else runs[runs.length - 1].push(point);
      }
      const style = api.style();
      return {
        type: 'group',
        children: runs.filter(run => run.length > 1).map(run => ({
          type: 'polygon',
          shape: {
            points: [...run.map(p => api.coord([p[0], p[1]])), ...run.map(p => api.coord([p[0], p[2]])).reverse()],
          },
          style: { fill: style.fill, opacity: style.opacity, stroke: 'none' },
        })),
      };
    },
    cross: () => (params, api) => {
      const [x, xLow, xHigh] = params.encode.x.map(d => api.value(d));
      const [y, yLow, yHigh] = params.encode.y.map(d => api.value(d));
      const style = { stroke: api.style().fill, opacity: api.style().opacity, lineWidth: 1, fill: 'none' };
      const line = (from, to) => {
        const [a, b] = [api.coord(from), api.coord(to)];
        return { type: 'line', shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style };
      };
      const children = [];
      if (Number.isFinite(xLow) && Number.isFinite(xHigh)) children.push(line([xLow, y], [xHigh, y]));
      if (Number.isFinite(yLow) && Number.isFinite(yHigh)) children.push(line([x, yLow], [x, yHigh]));
      return { type: 'group', children };
    },
  };

  // --- from plain data to an option ---

  const rowsOf = standing => standing === 'all' ? cells.rows : cells.rows.filter(r => standings[r[1]] === standing);

  const resolve = (value, view) => {
    if (Array.isArray(value)) return value.map(item => resolve(item, view));
    if (value === null || typeof value !== 'object') return value;
    if ('$color' in value) return color(value.$color);
    if ('$number' in value) {
      return hit => number(hit !== null && typeof hit === 'object' ? hit.value[2] : hit, value.$number);
    }
    if ('$cells' in value) return rowsOf(value.$cells);
    if ('$tooltip' in value) return hit => tooltips[value.$tooltip](hit, view.option);
    const result = {};
    for (const [key, item] of Object.entries(value)) {
      if (item !== null && typeof item === 'object' && '$render' in item) {
        result[key] = shapes[item.$render](() => result.data);
      } else if (item !== null) {
        result[key] = resolve(item, view);
      }
    }
    return result;
  };

  const isPlain = value => value !== null && typeof value === 'object' && !Array.isArray(value);
  const merge = (base, patch) => {
    const result = { ...base };
    for (const [key, item] of Object.entries(patch)) {
      if (key === 'series') result.series = base.series.map((s, i) => item[i] ? merge(s, item[i]) : s);
      else result[key] = isPlain(item) && isPlain(base[key]) ? merge(base[key], item) : item;
    }
    return result;
  };

  // --- views: a chart on the page ---

  const keyOf = view => view.pickers.map(p => p.selectedIndex).join('|');

  // Numbers in the squares of a map are shown where a square is wide and high enough for them, and of many levels on
  // an upright axis only as many are named as have room.
  const fit = view => {
    const upright = view.option.yAxis;
    if (upright && upright.type === 'category') {
      const most = Math.max(1, Math.floor((view.plot.clientHeight - 120) / 20));
      if (upright.data.length > most) upright.axisLabel.interval = Math.ceil(upright.data.length / most) - 1;
    }
    for (const series of view.option.series) {
      if (series.type !== 'heatmap') continue;
      const wide = (view.plot.clientWidth - 130) / view.option.xAxis.data.length;
      const high = (view.plot.clientHeight - 120) / view.option.yAxis.data.length;
      series.label.show = series.label.show && wide >= 40 && high >= 16;
    }
  };

  const draw = view => {
    const patch = view.chart.patches[keyOf(view)];
    view.option = resolve(patch ? merge(view.chart.option, patch) : view.chart.option, view);
    fit(view);
    view.echart.setOption(view.option, true);
    view.places = new Map();
    view.option.series.forEach((series, seriesIndex) => {
      if (!series.cells) return;
      const rows = series.data || view.option.dataset[series.datasetIndex].source;
      rows.forEach((row, dataIndex) => view.places.set(row[0], { seriesIndex, dataIndex }));
    });
    if (view.details.open) fillTable(view);
  };

  // The same picker on another chart follows; two pickers with equal choices swap instead of meeting.
  const pick = (view, picker) => {
    if (view.chart.pickers.length > 1 && !(keyOf(view) in view.chart.patches)) {
      const twin = view.pickers.find(p => p !== picker && p.selectedIndex === picker.selectedIndex);
      if (twin) twin.selectedIndex = picker.last;
    }
    view.pickers.forEach(p => { p.last = p.selectedIndex; });
    draw(view);
    for (const other of views) {
      const follower = other !== view && other.pickers.find(p => p.title === picker.title && p.length === picker.length
        && [...p.options].every((o, i) => o.textContent === picker.options[i].textContent));
      if (follower && follower.selectedIndex !== picker.selectedIndex && view.chart.pickers.length !== 3) {
        follower.selectedIndex = picker.selectedIndex;
        follower.last = picker.selectedIndex;
        draw(other);
      }
    }
  };

  const addPickers = view => {
    const place = view.figure.querySelector('.pickers');
    view.pickers = view.chart.pickers.map(picker => {
      const label = make('label', picker.name + ' ');
      const select = make('select');
      select.title = picker.name;
      picker.choices.forEach(choice => select.append(make('option', choice)));
      select.selectedIndex = picker.picked;
      select.last = picker.picked;
      select.addEventListener('change', () => pick(view, select));
      label.append(select);
      if (picker.choices.length > 1) place.append(label);
      return select;
    });
  };

  // --- tables behind charts ---

  const tables = {
    cells: () => ({
      head: ['cell', 'standing', ...cells.settings.map(c => c.name), ...cells.objectives.map(c => `${c.name} (95 % interval)`)],
      rows: [...cells.rows].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(row => [
        String(row[0]), page.standings[row[1]], ...cells.settings.map((c, i) => setting(c, row[3 + i])),
        ...cells.objectives.map((c, i) => estimate(row, i)),
      ]),
    }),
    columns: view => {
      const option = view.option;
      const names = (option.yAxis.type === 'category' ? option.yAxis : option.xAxis).data;
      const first = option.series[0].data;
      return {
        head: view.chart.head,
        rows: first.map((point, i) => [
          names ? names[i] : number(point[0]),
          ...option.series.flatMap(s => Array.isArray(s.data[i]) ? s.data[i].slice(1).map(v => number(v)) : [number(s.data[i])]),
        ]),
      };
    },
    grid: view => ({
      head: [view.option.xAxis.name, view.option.yAxis.name, view.option.series[0].name],
      rows: view.option.series[0].data.map(item => {
        const [x, y, value] = item.value || item;
        return [view.option.xAxis.data[x], view.option.yAxis.data[y], number(value)];
      }),
    }),
  };

  const fillTable = view => {
    const { head, rows } = tables[view.chart.table](view);
    const table = make('table');
    const top = make('tr');
    head.forEach(text => { const cell = make('th', text); cell.scope = 'col'; top.append(cell); });
    const body = make('tbody');
    for (const row of rows.slice(0, tableRowsMax)) {
      const line = make('tr');
      row.forEach(text => line.append(make('td', text)));
      body.append(line);
    }
    const heading = make('thead');
    heading.append(top);
    table.append(heading, body);
    const place = view.details.querySelector('.table-box');
    place.replaceChildren(table);
    if (rows.length > tableRowsMax) {
      place.append(make('p', `Showing ${tableRowsMax} of ${rows.length} rows; cells.csv has all.`, 'note'));
    }
  };

  // --- the same cell everywhere ---

  let lit = null;
  const light = (cell, from) => {
    if (lit === cell) return;
    for (const view of views) {
      if (lit !== null && view !== from && view.places.has(lit)) view.echart.dispatchAction({ type: 'downplay', ...view.places.get(lit) });
      if (cell !== null && view !== from && view.places.has(cell)) view.echart.dispatchAction({ type: 'highlight', ...view.places.get(cell) });
    }
    document.querySelectorAll('tr.lit').forEach(row => row.classList.remove('lit'));
    if (cell !== null) document.querySelectorAll(`tr[data-cell="${cell}"]`).forEach(row => row.classList.add('lit'));
    lit = cell;
  };

  const cellAt = event => {
    const row = event.target.closest ? event.target.closest('tr[data-cell]') : null;
    return row ? Number(row.dataset.cell) : null;
  };

  // --- start ---

  const start = figure => {
    const chart = page.charts.find(c => c.id === figure.dataset.chart);
    const plot = figure.querySelector('.plot');
    plot.style.height = chart.height + 'px';
    plot.style.minWidth = chart.widthMin + 'px';
    const view = { chart, figure, plot, places: new Map(), details: figure.querySelector('details') };
    view.echart = echarts.init(plot, null, { renderer: 'svg' });
    addPickers(view);
    views.push(view);
    draw(view);
    view.details.addEventListener('toggle', () => { if (view.details.open) fillTable(view); });
    const cellOf = hit => hit.value && view.option.series[hit.seriesIndex].cells ? hit.value[0] : null;
    view.echart.on('mouseover', hit => { if (cellOf(hit) !== null) light(cellOf(hit), view); });
    view.echart.on('mouseout', () => light(null, view));
    let width = plot.clientWidth;
    new ResizeObserver(() => {
      if (plot.clientWidth === width) return;
      width = plot.clientWidth;
      view.echart.resize();
      draw(view);
    }).observe(plot);
  };

  const isDark = () => (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const button = document.getElementById('theme');
  const redraw = () => {
    button.textContent = isDark() ? '\u2600 Light' : '\u263e Dark';
    views.forEach(draw);
  };
  button.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; redraw(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

  document.querySelectorAll('figure[data-chart]').forEach(start);
  redraw();
  for (const type of ['mouseover', 'focusin']) {
    document.addEventListener(type, event => { const cell = cellAt(event); if (cell !== null) light(cell, null); });
  }
  for (const type of ['mouseout', 'focusout']) {
    document.addEventListener(type, event => { if (cellAt(event) !== null) light(null, null); });
  }

  // Paper is white whatever the theme.
  let before;
  addEventListener('beforeprint', () => { before = root.dataset.theme; root.dataset.theme = 'light'; redraw(); });
  addEventListener('afterprint', () => {
    if (before === undefined) delete root.dataset.theme; else root.dataset.theme = before;
    redraw();
  });
  root.dataset.ready = 'true';
})();
