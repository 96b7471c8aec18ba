// Whatever the scores: no sentence, table, picture or field of the JSON contradicts another.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/notes.h"
#include "rhoam/compare/report.h"
#include "rhoam/compare/tables.h"
#include "rhoam/core/random.h"

namespace rhoam::compare {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Random scores of random settings: few seeds and many, ties, equal settings, runs that diverged.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : stream_(seed) {}

  Results results() {
    Results all;
    all.score = chance(0.3) ? Score{"regret", false} : Score{"return", true};
    const std::size_t settings = 2 + stream_.below(5), seeds = 3 + stream_.below(chance(0.5) ? 6 : 28);
    all.reference = static_cast<int>(stream_.below(settings));
    all.scenarios.resize(chance(0.25) ? 2 + stream_.below(2) : 1);
    for (auto& scenario : all.scenarios) {
      scenario.name = all.scenarios.size() > 1 ? fmt_name(&scenario - all.scenarios.data()) : "";
      difficulty_.assign(seeds, 0);
      for (double& each : difficulty_) each = 3 * stream_.normal();
      for (std::size_t i = 0; i < settings; ++i) scenario.settings.push_back(setting(i, seeds));
    }
    return all;
  }

 private:
  bool chance(double p) { return stream_.uniform() < p; }
  static std::string fmt_name(std::ptrdiff_t index) { return "world " + std::to_string(index); }

  SettingResults setting(std::size_t index, std::size_t seeds) {
    SettingResults one;
    one.name = std::to_string(index);
    one.options = {{"gamma", one.name}};
    const double shift = chance(0.4) ? 0 : 2 * stream_.normal(),
                 noise = chance(0.2) ? 0 : 2 * stream_.uniform();
    const double diverges = chance(0.8) ? 0 : chance(0.3) ? 1 : 0.3;
    const bool coarse = chance(0.3);
    for (std::size_t seed = 0; seed < seeds; ++seed) {
      const double score = difficulty_[seed] + shift + noise * stream_.normal();
      auto& trial = one.trials.emplace_back();
      trial.seed = seed;
      trial.score = chance(diverges) ? kMissing : coarse ? std::round(score) : score;
    }
    return one;
  }

  core::Stream stream_;
  std::vector<double> difficulty_;
};

bool has(const std::vector<int>& list, int value) { return std::ranges::count(list, value) > 0; }

/// The claims of one analysis, checked against each other.
class Claims {
 public:
  Claims(const ScenarioAnalysis& analysis, const Results& results, bool higher)
      : verdict_(analysis), reference_(results.reference), higher_(higher) {}

  void check() const {
    best_is_not_worse();
    if (!verdict_.ties) return nothing_is_claimed();
    ties_are_not_worse();
    choice_names_the_ties();
    headline_agrees();
  }

  void check_table(const Table& table) const {
    const auto& columns = table.columns;
    const auto at = std::ranges::find(columns, "difference [95%]", &Column::header) - columns.begin();
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      const auto& trial = table.rows[i][static_cast<std::size_t>(at)];
      const bool star = starred(i), opposite = signs_disagree(verdict_.settings[i], reference());
      EXPECT_EQ(trial.mark, std::string(star ? "*" : "") + (opposite ? "‡" : ""));
      EXPECT_EQ(trial.text == "worse than any",
                all_diverged(verdict_.settings[i]) && star && !all_diverged(reference()));
      if (opposite) {
        EXPECT_NE(sign_note(verdict_, reference_), "");
      }
    }
    EXPECT_EQ(std::ranges::count_if(table.rows, [](const auto& row) { return row[0].strong; }),
              std::ranges::all_of(verdict_.settings, all_diverged) ? 0 : 1);
  }

 private:
  const SettingAnalysis& reference() const { return verdict_.settings[static_cast<std::size_t>(reference_)]; }
  bool starred(std::size_t i) const {
    const auto& difference = verdict_.settings[i].difference;
    return difference && significant(*difference);
  }
  bool is_better(std::size_t i) const {
    return starred(i) && better(*verdict_.settings[i].difference, higher_);
  }
  bool is_worse(std::size_t i) const { return starred(i) && !is_better(i); }
  template <class Is>
  std::ptrdiff_t count(Is&& is) const {
    std::ptrdiff_t found = 0;
    for (std::size_t i = 0; i < verdict_.settings.size(); ++i) found += is(i);
    return found;
  }
  std::ptrdiff_t winners() const {
    return count([this](auto i) { return is_better(i); });
  }
  std::ptrdiff_t losers() const {
    return count([this](auto i) { return is_worse(i); });
  }

  void best_is_not_worse() const {
    EXPECT_FALSE(is_worse(static_cast<std::size_t>(verdict_.best)));
    if (winners() > 0) {
      EXPECT_NE(verdict_.best, reference_);
    }
  }

  void nothing_is_claimed() const {
    EXPECT_EQ(winners() + losers(), 0);
    EXPECT_EQ(verdict_.choice, "");
    const bool lost = std::ranges::all_of(verdict_.settings, all_diverged);
    EXPECT_THAT(verdict_.headline, StartsWith(lost ? "Every run diverged" : "Too few seeds: "));
  }

  void ties_are_not_worse() const {
    const auto& ties = *verdict_.ties;
    EXPECT_FALSE(has(ties, verdict_.best));
    for (const int tied : ties) EXPECT_FALSE(is_worse(static_cast<std::size_t>(tied)));
    EXPECT_EQ(has(ties, reference_), verdict_.best != reference_ && winners() == 0);
    if (verdict_.best != reference_) return;
    for (int i = 0; i < std::ssize(verdict_.settings); ++i) {
      if (i == reference_) continue;
      EXPECT_EQ(has(ties, i), !starred(static_cast<std::size_t>(i)));
    }
  }

  void choice_names_the_ties() const {
    const auto& best = verdict_.settings[static_cast<std::size_t>(verdict_.best)];
    std::vector<std::string> names;
    for (const int tied : *verdict_.ties)
      names.push_back(verdict_.settings[static_cast<std::size_t>(tied)].name);
    EXPECT_EQ(verdict_.choice,
              names.empty()
                  ? "No other setting is statistically tied with the best (gamma = " + best.name + ")."
                  : "Statistically tied with the best (gamma = " + best.name + "): " + listed(names) + ".");
  }

  void headline_agrees() const {
    const auto& text = verdict_.headline;
    const std::string name = "gamma = " + reference().name;
    EXPECT_THAT(text, testing::Not(HasSubstr("Too few")));
    if (winners() > 0) {
      const bool names_winner = count([&](auto i) {
        return is_better(i) && text.starts_with("gamma = " + verdict_.settings[i].name +
                                                (higher_ || all_diverged(reference()) ? " beats " : " has "));
      });
      EXPECT_TRUE(names_winner) << text;
    } else if (losers() == 0) {
      EXPECT_THAT(text, StartsWith("No setting differs from " + name + " ("));
    } else {
      EXPECT_THAT(text, HasSubstr(std::to_string(losers()) + " of "));
      EXPECT_THAT(text,
                  StartsWith(verdict_.best == reference_ ? name + " is best" : "No setting beats " + name));
    }
  }

  const ScenarioAnalysis& verdict_;
  int reference_;
  bool higher_;
};

void check_json(const nlohmann::json& json, const ScenarioAnalysis& analysis) {
  EXPECT_EQ(json["headline"], analysis.headline);
  EXPECT_EQ(json["choice"], analysis.choice);
  EXPECT_EQ(json["best"], analysis.settings[static_cast<std::size_t>(analysis.best)].name);
  EXPECT_EQ(json["tied_with_best"].is_null(), !analysis.ties);
  if (analysis.ties) {
    EXPECT_EQ(json["tied_with_best"].size(), analysis.ties->size());
  }
  for (std::size_t i = 0; i < analysis.settings.size(); ++i) {
    const auto& difference = analysis.settings[i].difference;
    EXPECT_EQ(json["settings"][i]["options"]["gamma"], analysis.settings[i].name);
    EXPECT_EQ(json["settings"][i].value("significant", false), difference && significant(*difference));
  }
}

TEST(Consistency, NoStatementContradictsAnother) {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE(seed);
    const auto results = Draw(seed).results();
    const auto analysis = analyse(results);
    const auto json = nlohmann::json::parse(summary(results, analysis, "x"));
    const bool higher = results.score.higher_is_better;
    for (std::size_t i = 0; i < analysis.scenarios.size(); ++i) {
      const Claims claims(analysis.scenarios[i], results, higher);
      claims.check();
      claims.check_table(make_table(analysis.scenarios[i], results.score.name));
      check_json(json["scenarios"][i], analysis.scenarios[i]);
    }
    if (analysis.overall) {
      const Claims claims(*analysis.overall, results, true);
      claims.check();
      claims.check_table(make_table(*analysis.overall, kNormalisedScore));
    }
    if (HasFailure()) return;
  }
}

/// Two settings of which the second is a little better on most seeds and much worse on few.
Results opposite_signs() {
  Results all;
  all.score.name = "return";
  auto& settings = all.scenarios.emplace_back().settings;
  const std::vector<double> reference{0, 10, 20, 30, 100, 110, 120, 130},
      other{5, 15, 25, 35, 40, 115, 125, 135};
  for (const auto& scores : {reference, other}) {
    auto& setting = settings.emplace_back();
    setting.name = settings.size() == 1 ? "0.99" : "0.9";
    setting.options = {{"rho", setting.name}};
    for (std::size_t i = 0; i < scores.size(); ++i) {
      auto& trial = setting.trials.emplace_back();
      trial.seed = i;
      trial.score = scores[i];
    }
  }
  return all;
}

TEST(Consistency, ADifferenceAgainstTheScoresIsMarkedAndExplained) {
  const auto analysis = analyse(opposite_signs()).scenarios[0];
  EXPECT_GT(analysis.settings[1].difference->iqm.value, 0);
  EXPECT_LT(analysis.settings[1].score.value, analysis.settings[0].score.value);
  EXPECT_THAT(make_table(analysis, "return").rows[1][3].mark, HasSubstr("‡"));
  EXPECT_THAT(sign_note(analysis, 0),
              StartsWith("‡ The difference and the scores point in opposite directions"));
}

TEST(Consistency, NothingIsExplainedWhereSignsAgree) {
  auto results = opposite_signs();
  results.scenarios[0].settings[1] = results.scenarios[0].settings[0];
  EXPECT_EQ(sign_note(analyse(results).scenarios[0], 0), "");
}

}  // namespace
}  // namespace rhoam::compare
