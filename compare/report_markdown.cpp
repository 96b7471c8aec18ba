#include "rhoam/compare/report_markdown.h"

#include <fmt/format.h>

#include <functional>

#include "rhoam/compare/escape.h"
#include "rhoam/compare/notes.h"
#include "rhoam/compare/tables.h"
#include "rhoam/core/text.h"

namespace rhoam::compare {
namespace {

std::string row_text(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const auto& cell : cells) row += " " + cell + " |";
  return row + "\n";
}

std::string paragraph(const std::string& text) { return text.empty() ? "" : markdown(text) + "\n\n"; }

std::string table_text(const Table& table) {
  if (table.rows.empty()) return "";
  std::vector<std::string> headers, rules;
  for (const auto& column : table.columns) {
    headers.push_back(markdown(column.header));
    rules.push_back(column.number ? "---:" : "---");
  }
  std::string text = row_text(headers) + row_text(rules);
  for (const auto& row : table.rows) {
    std::vector<std::string> cells;
    for (const auto& cell : row)
      cells.push_back((cell.strong ? fmt::format("**{}**", markdown(cell.text)) : markdown(cell.text)) +
                      markdown(cell.mark));
    text += row_text(cells);
  }
  return text + "\n";
}

/// One panel per scenario, titled with its name.
std::vector<render::Chart> panels(const Analysis& analysis, const std::vector<Charts>& figures,
                                  const std::function<render::Chart(const Charts&)>& choose) {
  std::vector<render::Chart> charts;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    charts.push_back(choose(figures[i]));
    charts.back().title = analysis.scenarios[i].name;
  }
  return charts;
}

Picture picture(std::string file, std::string caption, const std::string& headline,
                const std::vector<render::Chart>& charts, int scenario = -1) {
  return {std::move(file), std::move(caption), render::to_svg(headline, charts), scenario};
}

/// Suffix of each scenario's file names; empty for one without a name.
std::vector<std::string> endings(const std::vector<std::string>& names) {
  if (names.size() == 1 && names[0].empty()) return {""};
  auto stems = file_stems(names);
  for (auto& stem : stems) stem.insert(0, "-");
  return stems;
}

void add_scenario_pictures(const Analysis& analysis, const std::vector<Charts>& figures,
                           std::vector<Picture>& pictures) {
  std::vector<std::string> names;
  for (const auto& scenario : analysis.scenarios) names.push_back(scenario.name);
  const auto ends = endings(names);
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const auto add = [&](const std::string& file, const std::string& caption,
                         const std::vector<render::Chart>& charts) {
      std::vector<render::Chart> shown;
      for (const auto& chart : charts) shown.push_back(only(chart, figures[i].shown_first));
      if (!shown.empty())
        pictures.push_back(picture(file + ends[i] + ".svg",
                                   names[i].empty() ? caption : caption + ": " + names[i], names[i], shown,
                                   static_cast<int>(i)));
    };
    add("curves", "Learning curves", {figures[i].curves});
    add("recovery", "Around a change", figures[i].around_changes);
  }
}

std::string embedded(const std::vector<Picture>& pictures, int scenario) {
  std::string text;
  for (const auto& each : pictures)
    if (each.scenario == scenario) text += fmt::format("![{}]({})\n\n", markdown(each.caption), each.file);
  return text;
}

std::string scenario_text(const Results& results, const Analysis& analysis, std::size_t index) {
  const auto& scenario = analysis.scenarios[index];
  std::string text;
  if (!scenario.name.empty()) text += fmt::format("## {}\n\n", markdown(scenario.name));
  if (scenario.headline != analysis.headline)
    text += paragraph(fmt::format("{}. {}", scenario.headline, scenario.choice));
  return text + table_text(make_table(scenario, results.score.name)) +
         paragraph(sign_note(scenario, results.reference)) + table_text(make_change_table(scenario)) +
         table_text(make_tuning_table(results, results.scenarios[index])) +
         paragraph(grid_edge_note(results, results.scenarios[index]));
}

}  // namespace

std::vector<Picture> make_pictures(const Analysis& analysis, const std::vector<Charts>& figures) {
  std::vector<Picture> pictures{
      picture("score.svg", "What each setting reaches", "",
              panels(analysis, figures, [](const Charts& each) { return each.score; })),
      picture("differences.svg", "Differences to the reference", "",
              panels(analysis, figures, [](const Charts& each) { return each.differences; })),
      picture("profiles.svg", "Share of seeds that reach a score", "",
              panels(analysis, figures,
                     [](const Charts& each) { return only(each.profiles, each.shown_first); }))};
  add_scenario_pictures(analysis, figures, pictures);
  return pictures;
}

std::string to_markdown(const Results& results, const Analysis& analysis,
                        const std::vector<Picture>& pictures) {
  std::string text = fmt::format("# {}\n\n", markdown(analysis.headline)) + paragraph(analysis.choice);
  if (!results.question.empty()) text += fmt::format("> {}\n\n", markdown(results.question));
  text += fmt::format("{} {}\n\n", markdown(extent_note(results)), markdown(caution_note(results)));
  text += embedded(pictures, -1);
  if (analysis.overall)
    text += "## All scenarios\n\n" + table_text(make_table(*analysis.overall, kNormalisedScore)) +
            paragraph(sign_note(*analysis.overall, results.reference));
  for (std::size_t i = 0; i < analysis.scenarios.size(); ++i)
    text += scenario_text(results, analysis, i) + embedded(pictures, static_cast<int>(i));
  text += "## How to read and repeat this\n\n";
  for (const auto& note : method_notes(results)) text += "- " + markdown(note) + "\n";
  return text + fmt::format("\n{}\n{}\n{}\n", fenced(results.command, "sh"), fenced(results.config, "ini"),
                            markdown(core::join(results.versions, "; ")));
}

}  // namespace rhoam::compare
