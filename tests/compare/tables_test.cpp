#include "rhoam/compare/tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "rhoam/core/utf8.h"
#include "rhoam/tests/compare/sample_results.h"

namespace rhoam::compare {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::size_t widest(const std::string& text) {
  std::size_t width = 0;
  for (const auto& line : lines_of(text)) width = std::max(width, core::character_count(line));
  return width;
}

std::vector<std::string> headers(const Table& table) {
  std::vector<std::string> all;
  for (const auto& column : table.columns) all.push_back(column.header);
  return all;
}

Table sample_table() { return make_table(analyse(sample_evidence()).scenarios[0], "return"); }

const Table kSmall{.columns = {{.header = "setting", .number = false}, {.header = "Δ"}},
                   .rows = {{{"ρ = 0.9"}, {"−1"}}, {{"b"}, {"12", true, "*"}}}};

TEST(Table, TextsStandLeftAndNumbersRightWithTheirStars) {
  EXPECT_EQ(to_text(kSmall, 80),
            "setting   Δ\n"
            "ρ = 0.9  −1\n"
            "b        12*\n");
}

TEST(Table, IsNeverWiderThanTheTerminal) {
  for (const int width : {20, 40, 60, 80, 100, 200})
    EXPECT_LE(widest(to_text(sample_table(), width)), static_cast<std::size_t>(width));
}

TEST(Table, NarrowTerminalsLoseTheLeastImportantColumns) {
  const std::string text = to_text(sample_table(), 60);
  EXPECT_NE(text.find("difference"), std::string::npos);
  EXPECT_EQ(text.find("P(better)"), std::string::npos);
}

TEST(Table, NothingInANameSteersTheTerminal) {
  Table table = kSmall;
  table.rows[0][0].text = "\x1b[2J\n\xff";
  EXPECT_EQ(to_text(table, 80).find('\x1b'), std::string::npos);
  EXPECT_EQ(lines_of(to_text(table, 80)).size(), 3u);
}

TEST(Table, ColumnsWithoutValuesAreLeftOut) {
  ScenarioAnalysis analysis = analyse(sample_evidence(3)).scenarios[0];
  for (auto& setting : analysis.settings) setting.tuned = {}, setting.difference.reset();
  EXPECT_EQ(headers(make_table(analysis, "return")),
            (std::vector<std::string>{"ρ", "n", "return [95%]", "memory"}));
}

TEST(Table, SignificantDifferencesAreStrong) {
  const Table table = sample_table();
  EXPECT_TRUE(table.rows[0][3].strong);
  EXPECT_FALSE(table.rows[4][3].strong) << "the reference has none";
}

/// The texts of a column by its header.
std::vector<std::string> column_of(const Table& table, const std::string& header) {
  std::vector<std::string> texts;
  const auto column = std::ranges::find(table.columns, header, &Column::header) - table.columns.begin();
  for (const auto& row : table.rows) texts.push_back(row.at(column).text);
  return texts;
}

Results results_of_two(const std::string& reference, const std::string& other, double memory, int seeds = 3) {
  Results results = sample_evidence(seeds);
  results.reference = 0;
  results.scenarios.resize(1);
  auto& settings = results.scenarios[0].settings;
  settings.resize(2);
  settings[0].name = reference, settings[1].name = other;
  settings[0].options = {{"rho", reference}}, settings[1].options = {{"rho", other}};
  for (auto& trial : settings[1].trials) trial.critic_memory = memory;
  return results;
}

TEST(Table, ASettingOfWhichEveryRunDivergedIsCalledSo) {
  for (const auto& [seeds, difference] : {std::pair{7, "worse than any"}, {3, "–"}}) {
    Results results = results_of_two("0.9", "0.99", 3, seeds);
    for (auto& trial : results.scenarios[0].settings[1].trials) trial.score = kMissing;
    const Table table = make_table(analyse(results).scenarios[0], "return");
    EXPECT_EQ(column_of(table, "return [95%]")[1], "diverged");
    EXPECT_EQ(column_of(table, "difference [95%]")[1], difference);
  }
}

TEST(Table, NothingIsBestWhereEveryRunDiverged) {
  Results results = results_of_two("0.9", "0.99", 3);
  for (auto& setting : results.scenarios[0].settings)
    for (auto& trial : setting.trials) trial.score = kMissing;
  const Table table = make_table(analyse(results).scenarios[0], "return");
  EXPECT_FALSE(table.rows[0][0].strong || table.rows[1][0].strong);
}

TEST(Table, ProbabilitiesWithoutDoubtHaveNoInterval) {
  ScenarioAnalysis analysis = analyse(results_of_two("0.9", "0.99", 3)).scenarios[0];
  analysis.settings[1].difference->improvement = {1, {1, 1}};
  EXPECT_EQ(column_of(make_table(analysis, "return"), "P(better)")[1], "1.00");
}

TEST(Table, OptionsThatAllSettingsNameStandInTheHead) {
  Results results = results_of_two("a", "b", 3);
  auto& settings = results.scenarios[0].settings;
  settings[0].options = {{"actor.rho", "0.9"}, {"critic.rho", "0.99"}};
  settings[1].options = {{"actor.rho", "0.9"}, {"critic.rho", "match"}};
  const Table table = make_table(analyse(results).scenarios[0], "return");
  EXPECT_EQ(column_of(table, "actor.rho, critic.rho"), (std::vector<std::string>{"0.9, 0.99", "0.9, match"}));
}

TEST(Table, NamesTheCriticsMemoryWhereItIsAnother) {
  const Table table = make_table(analyse(results_of_two("0.9", "0.99", 50)).scenarios[0], "return");
  EXPECT_EQ(column_of(table, "memory / critic's"), (std::vector<std::string>{"1.5", "3 / 50"}));
}

TEST(Table, WithoutChangesThereIsNothingToSayOfThem) {
  ScenarioAnalysis analysis = analyse(sample_evidence(3)).scenarios[0];
  EXPECT_EQ(make_change_table(analysis).rows.size(), 9u);
  for (auto& setting : analysis.settings)
    for (const auto member : {&SettingAnalysis::recovery, &SettingAnalysis::unrecovered,
                              &SettingAnalysis::lost, &SettingAnalysis::below_threshold})
      setting.*member = setting.oracle_regret;
  EXPECT_TRUE(make_change_table(analysis).rows.empty());
}

TEST(TuningTable, ShowsEveryCandidateAndTheChosen) {
  const Results results = sample_evidence(3);
  const Table table = make_tuning_table(results, results.scenarios[0]);
  EXPECT_EQ(headers(table), (std::vector<std::string>{"ρ", "chosen", "lr=0.01", "lr=0.03"}));
  EXPECT_FALSE(table.rows[0][2].strong);
  EXPECT_TRUE(table.rows[0][3].strong);
}

TEST(TuningTable, NamesTheBestOnTheFinalSeedsWhereItIsKnown) {
  Results results = sample_evidence(3);
  for (const auto& [number, rate, score] : {std::tuple{0, "0.01", 5.0}, {1, "0.03", 4.0}})
    results.tuning.push_back(
        {results.scenarios[0].name, "0.333", number, {{"lr", rate}}, 0, Stage::final, score});
  const Table table = make_tuning_table(results, results.scenarios[0]);
  EXPECT_EQ(table.rows[0].back().text, "lr=0.01");
}

TEST(TuningTable, ACandidateThatDivergedIsCalledSo) {
  Results results = sample_evidence(3);
  results.tuning[0].score = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(make_tuning_table(results, results.scenarios[0]).rows[0][2].text, "diverged");
}

TEST(Wrapped, BreaksAtSpacesOnly) {
  EXPECT_EQ(wrapped("aa bb cc", 5), "aa bb\ncc\n");
  EXPECT_EQ(wrapped("ρρρρρρ b", 4), "ρρρ…\nb\n");
}

}  // namespace
}  // namespace rhoam::compare
