#include "rhoam/compare/report_html.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "rhoam/compare/assets.h"
#include "rhoam/compare/escape.h"
#include "rhoam/compare/notes.h"
#include "rhoam/compare/tables.h"
#include "rhoam/core/text.h"
#include "rhoam/render/chart/css_colors.h"

namespace rhoam::compare {
namespace {

using Json = nlohmann::ordered_json;

Json json_number(double value) {
  if (!std::isfinite(value)) return nullptr;
  return core::parse_double(fmt::format("{:.6g}", value)).value_or(0);
}

Json numbers(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(json_number(value));
  return list;
}

Json axis(const render::Axis& axis) { return {{"label", axis.label}, {"log", axis.log}}; }

Json series(const render::Series& series, bool shown) {
  return {{"name", series.name},
          {"color", render::css_series(std::max(0, series.color))},
          {"points", series.style == render::Style::points},
          {"shown", shown},
          {"x", numbers(series.x)},
          {"y", numbers(series.y)},
          {"low", numbers(series.low)},
          {"high", numbers(series.high)}};
}

}  // namespace

std::string to_json(const render::Chart& chart, const std::vector<std::size_t>& shown) {
  Json json{{"x", axis(chart.x)}, {"y", axis(chart.y)}, {"series", Json::array()}};
  for (std::size_t i = 0; i < chart.series.size(); ++i)
    json["series"].push_back(series(chart.series[i], std::ranges::count(shown, i) > 0));
  json["changes"] = numbers(chart.changes);
  json["landmarks"] = Json::array();
  for (const auto& [x, name] : chart.landmarks)
    json["landmarks"].push_back({{"x", json_number(x)}, {"name", name}});
  json["levels"] = numbers(chart.levels);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

namespace {

std::string element(const std::string& tag, const std::string& text) {
  return text.empty() ? "" : fmt::format("<{0}>{1}</{0}>\n", tag, html(text));
}

std::string quiet(const std::string& text) {
  return text.empty() ? "" : fmt::format("<p class=\"quiet\">{}</p>\n", html(text));
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

/// An SVG inlined in the page, with its internal names made unique.
std::string inline_svg(std::string svg, int number, const std::string& label) {
  svg.erase(0, svg.find("<svg"));
  svg.insert(4, fmt::format(" role=\"img\" aria-label=\"{}\"", html(label)));
  const std::string prefix = fmt::format("f{}-", number);
  for (const std::string reference : {" id=\"", "href=\"#", "url(#"})
    replace_all(svg, reference, reference + prefix);
  return svg;
}

std::string cell_html(const TableCell& cell, const Column& column, bool head) {
  const char* type = head ? "th scope=\"row\"" : column.number ? "td class=\"number\"" : "td";
  const std::string text =
      cell.strong ? fmt::format("<strong>{}</strong>", html(cell.text)) : html(cell.text);
  const std::string marks = cell.mark.empty() ? "" : "<sup>" + cell.mark + "</sup>";
  return fmt::format("<{}>{}{}</{}>", type, text, marks, head ? "th" : "td");
}

std::string table_html(const Table& table, const std::string& caption) {
  if (table.rows.empty()) return "";
  std::string page =
      fmt::format("<div class=\"table\"><table>\n<caption>{}</caption>\n<thead><tr>", html(caption));
  for (const auto& column : table.columns)
    page += fmt::format("<th scope=\"col\"{}>{}</th>", column.number ? " class=\"number\"" : "",
                        html(column.header));
  page += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    page += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) page += cell_html(row[i], table.columns[i], i == 0);
    page += "</tr>\n";
  }
  return page + "</tbody></table></div>\n";
}

/// Builds the page; counts its figures.
class Page {
 public:
  Page(const Results& results, const Analysis& analysis, const std::vector<Charts>& figures)
      : results_(results), analysis_(analysis), charts_(figures) {}

  std::string text() {
    const std::string title = results_.name.empty() ? "comparison" : results_.name;
    begin(title);
    if (analysis_.overall) overview();
    for (std::size_t i = 0; i < analysis_.scenarios.size(); ++i) scenario(i);
    end();
    return std::move(page_);
  }

 private:
  void begin(const std::string& title);
  void overview();
  void scenario(std::size_t index);
  void figure(const std::string& caption, const std::vector<render::Chart>& charts,
              const std::vector<std::size_t>& shown, bool plotted);
  void scenario_figures(std::size_t index);
  void end();

  const Results& results_;
  const Analysis& analysis_;
  std::string page_;
  const std::vector<Charts>& charts_;
  int pictures_ = 0;
};

void Page::begin(const std::string& title) {
  page_ += fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>{} – rhoam compare</title>
<style>
{}
:root {{ {}}}
@media screen and (prefers-color-scheme: dark) {{ :root {{ {}}} }}
{}</style>
</head>
<body>
<header>
)",
                       html(title), assets::dygraphs_style, render::css_colors(false),
                       render::css_colors(true), assets::report_style);
  page_ += fmt::format("<p class=\"kicker\">rhoam compare{}</p>\n",
                       results_.name.empty() ? "" : " · " + html(results_.name));
  page_ += element("h1", analysis_.headline) + element("p", analysis_.choice);
  if (!results_.question.empty())
    page_ += fmt::format("<p class=\"question\">{}</p>\n", html(results_.question));
  page_ += fmt::format("<p class=\"quiet\">{} {}</p>\n</header>\n<main>\n", html(extent_note(results_)),
                       html(caution_note(results_)));
}

void Page::overview() {
  page_ += "<section>\n<h2>All scenarios</h2>\n";
  page_ += "<ul class=\"scenarios\">\n";
  for (std::size_t i = 0; i < analysis_.scenarios.size(); ++i)
    page_ += fmt::format("<li><a href=\"#scenario-{}\">{}</a> {}</li>\n", i + 1,
                         html(analysis_.scenarios[i].name), html(analysis_.scenarios[i].headline));
  page_ += "</ul>\n";
  page_ +=
      table_html(make_table(*analysis_.overall, kNormalisedScore),
                 "Over all scenarios: in each, 1 is the score of the best setting and 0 that of the worst.");
  page_ += quiet(sign_note(*analysis_.overall, results_.reference));
  page_ += "</section>\n";
}

void Page::scenario(std::size_t index) {
  const auto& analysis = analysis_.scenarios[index];
  const auto& results = results_.scenarios[index];
  page_ += fmt::format("<section id=\"scenario-{}\">\n", index + 1);
  page_ += element("h2", analysis.name);
  if (analysis.headline != analysis_.headline)
    page_ += element("p", fmt::format("{}. {}", analysis.headline, analysis.choice));
  std::vector<std::string> facts{results.env, results.algorithm};
  facts.insert(facts.end(), results.drifts.begin(), results.drifts.end());
  std::erase(facts, "");
  page_ += quiet(core::join(facts, " · "));
  scenario_figures(index);
  page_ += "</section>\n";
}

/// All series of a chart.
std::vector<std::size_t> all_of(const render::Chart& chart) {
  std::vector<std::size_t> all(chart.series.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

void Page::scenario_figures(std::size_t index) {
  const auto& [score, curves, profiles, difference, around, few] = charts_[index];
  const auto& name = results_.score.name;
  figure(
      "Time-averaged " + name + (score.x.log ? " over memory, with 95% intervals." : ", with 95% intervals."),
      {score}, all_of(score), score.x.categories.empty());
  page_ += table_html(make_table(analysis_.scenarios[index], name),
                      fmt::format("Every setting, differences to {}.", reference_name(results_)));
  page_ += quiet(sign_note(analysis_.scenarios[index], results_.reference));
  figure(curves.changes.empty() ? "Learning curves with 95% bands."
                                : "Learning curves with 95% bands; dashed lines are changes of the world.",
         {curves}, few, true);
  figure("Around a change: the mean over all changes.", around, few, true);
  page_ += table_html(make_change_table(analysis_.scenarios[index]), "What changes cost: IQM [95%].");
  figure("Differences on the same seeds, and the share of seeds that reach a score.",
         {difference, only(profiles, few)}, {}, false);
  page_ += table_html(make_tuning_table(results_, results_.scenarios[index]),
                      "Tuning: IQM of each candidate on the seeds of tuning.") +
           element("p", grid_edge_note(results_, results_.scenarios[index]));
}

void Page::figure(const std::string& caption, const std::vector<render::Chart>& charts,
                  const std::vector<std::size_t>& shown, bool plotted) {
  if (charts.empty()) return;
  auto pictured = charts;
  if (plotted)
    for (auto& chart : pictured) chart = only(std::move(chart), shown);
  page_ += fmt::format("<figure>\n<figcaption>{}</figcaption>\n", html(caption));
  page_ += inline_svg(render::with_css_colors(render::to_svg("", pictured)), ++pictures_, caption);
  if (plotted)
    for (const auto& chart : charts)
      page_ += fmt::format("<script type=\"application/json\">{}</script>\n",
                           json_in_script(to_json(chart, shown)));
  page_ += "</figure>\n";
}

void Page::end() {
  page_ += "<section>\n<h2>How to read and repeat this</h2>\n";
  for (const auto& note : method_notes(results_)) page_ += element("p", note);
  page_ += fmt::format("<h3>The command</h3>\n<pre>{}</pre>\n<h3>All options</h3>\n<pre>{}</pre>\n",
                       html(results_.command), html(results_.config));
  page_ +=
      fmt::format("</section>\n</main>\n<footer>\n<p>{}</p>\n", html(core::join(results_.versions, "; ")));
  page_ += fmt::format(
      "<details><summary>The plots use dygraphs, under the MIT licence</summary>\n<pre>{}</pre></details>\n",
      html(assets::dygraphs_licence));
  page_ += fmt::format("</footer>\n<script>\n{}\n</script>\n<script>\n{}</script>\n</body>\n</html>\n",
                       assets::dygraphs_script, assets::report_script);
}

}  // namespace

std::string to_html(const Results& results, const Analysis& analysis, const std::vector<Charts>& figures) {
  return Page(results, analysis, figures).text();
}

}  // namespace rhoam::compare
