// What every experiment of the lab promises.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <ostream>
#include <string>
#include <tuple>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/lab/experiment.h"

namespace rhoam::lab {

static void PrintTo(const Lab& lab, std::ostream* out) { *out << lab.name; }

namespace {

/// An experiment that may be told its parameters.
struct Told {
  explicit Told(const Lab& lab) : experiment(lab.make()) { experiment->describe(options); }
  void tell(const std::vector<std::string>& args) {
    options.parse(args);
    options.apply();
  }

  core::Options options;
  std::unique_ptr<Experiment> experiment;
};

Report run(const Lab& lab, const std::string& args, int threads) {
  Told told(lab);
  if (!args.empty()) told.tell(core::split(args, ' '));
  core::ThreadPool pool(core::ThreadPool::Exactly{threads});
  return told.experiment->run(pool);
}

bool is_sentence(const std::string& text) { return text.ends_with('.') && text.find('\n') == text.npos; }

/// An experiment's name as one that a test may have.
std::string test_name(std::string name) {
  std::ranges::replace(name, '-', '_');
  return name;
}

class EveryLab : public testing::TestWithParam<Lab> {};

TEST_P(EveryLab, HasANameOfLowerCaseLettersAndDashes) {
  const std::string name = GetParam().name;
  EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), name.npos);
  EXPECT_EQ(&find_lab(name), &*std::ranges::find(labs(), name, &Lab::name)) << "named twice";
}

TEST_P(EveryLab, ClaimsOneSentenceAndNamesItsSource) {
  EXPECT_TRUE(is_sentence(GetParam().claim)) << GetParam().claim;
  EXPECT_FALSE(std::string(GetParam().source).empty());
  EXPECT_FALSE(is_sentence(GetParam().source)) << "a source is no sentence: " << GetParam().source;
}

TEST_P(EveryLab, LeavesTheOptionsOfTheVerbAlone) {
  Told told(GetParam());
  for (const auto& name : told.options.names())
    for (const char* taken : {"all", "csv", "svg", "threads", "json", "help"}) EXPECT_NE(name, taken);
}

TEST_P(EveryLab, ReadsBackItsOwnDefaults) {
  Told first(GetParam()), second(GetParam());
  second.options.read_config_text(first.options.dump(), "the dump");
  second.options.apply();
  EXPECT_EQ(second.options.dump(), first.options.dump());
}

TEST_P(EveryLab, RefusesWhatIsNoNumber) {
  for (const auto& name : Told(GetParam()).options.names())
    for (const char* junk : {"nan", "1e999", "", "-1e300"})
      EXPECT_THROW(Told(GetParam()).tell({"--" + name + "=" + junk}), core::UsageError)
          << name << " " << junk;
}

TEST_P(EveryLab, IsInTheDocsWithItsVerdictAndItsPicture) {
  std::ifstream file(RHOAM_LAB_PAGE);
  const std::string page(std::istreambuf_iterator<char>(file), {}), name = GetParam().name;
  EXPECT_NE(page.find("](#" + name + ") | " + text(GetParam().expected) + " |"), page.npos);
  EXPECT_NE(page.find("### " + name + "\n"), page.npos);
  EXPECT_NE(page.find("](lab/" + name + ".svg)"), page.npos);
  EXPECT_TRUE(
      std::filesystem::exists(std::filesystem::path(RHOAM_LAB_PAGE).parent_path() / "lab" / (name + ".svg")));
}

INSTANTIATE_TEST_SUITE_P(Labs, EveryLab, testing::ValuesIn(labs().begin(), labs().end()),
                         [](const auto& lab) { return test_name(lab.param.name); });

/// A quick run.
struct Setting {
  const char* name;
  const char* args;
};

void PrintTo(const Setting& setting, std::ostream* out) { *out << setting.name << ' ' << setting.args; }

constexpr Setting kSettings[] = {
    {"scale-invariance", ""},
    {"scale-invariance", "--rho 0 --lr 10 --scales 1e-12,7,1e12"},
    {"scale-invariance", "--rho 0.9999 --lr 0.1 --steps 5000 --eps 1"},
    {"canyon", ""},
    {"canyon", "--rho 0,0.5,0.9999 --lr 10"},
    {"canyon", "--steep 1e-6 --flat 1e6 --width 0.5 --steps 1"},
    {"memory", ""},
    {"memory", "--rho 0,half-life:7,memory:5000 --memories 0.1,20"},
    {"bias", ""},
    {"bias", "--rho 0,0.5,0.9999 --lr 1e-6 --steps 1000"},
    {"bias", "--eps 1 --gradient 0.001 --steps 1"},
    {"centered", "--seeds 8 --steps 2000"},
    {"centered", "--rho 0,0.2,0.97 --slopes 0.2,30 --lr 10 --seed 7 --seeds 8 --steps 2000"},
    {"saddle", ""},
    {"saddle", "--rho 0.999 --lr 0.3 --sgd-lr 1.9 --curvatures 1,0.3,0.02 --starts 1e-50 --seeds 5"},
    {"saddle", "--eps 0 --lr 1e-4 --sgd-lr 0.1 --noise 1 --seeds 1 --curvatures 0.5"},
    {"batch-norm", ""},
    {"batch-norm", "--rho 0 --lr 10 --gains 1e-9,3 --lengths 1e-9,1e9 --features 2 --batch 4"},
    {"batch-norm", "--eps 1e-3 --updates 50 --seed 7"},
    {"layer-norm", "--seeds 2 --updates 50 --rho 0,0.9999 --lr 0.01"},
    {"layer-norm", "--seeds 2 --updates 50 --rho 0.9 --amplitude 5 --dwell 1"},
    {"bilinear", ""},
    {"bilinear", "--rho 0.6,0.95 --lr 0.003 --start 1e-6,0.5"},
    {"bilinear", "--rho 0 --lr 10"},
    {"architecture-ranking", "--seeds 2 --updates 20 --rho 0.5 --lr 0.01 --gain 1"},
    {"federated", "--seeds 10 --updates 50"},
    {"federated", "--seeds 10 --updates 50 --rho 0.99 --factor 3 --noisy 5 --disagreement 0 --speed 0.05"},
    {"federated", "--seeds 1 --updates 5 --rho 0 --clients 2"},
    {"fairness", "--seeds 8 --size 100"},
    {"fairness", "--seeds 8 --size 100 --rho 0.9 --noise-a 2 --noise-b 6 --agree 0.8 --lr 0.03"},
    {"rosenbrock", "--seeds 2"},
    {"rosenbrock", "--seeds 2 --rho 0.5 --lr 0.001,0.0005 --targets 1e-3,1e-5 --steps 20000"},
    {"rosenbrock", "--rho 0 --lr 10 --noise 0 --stay 1 --steps 100"},
    {"batch-norm", "--rho 0.99 --lr 1 --gains 1e-6,1e6 --lengths 0.01,100 --updates 50"},
    {"bilinear", "--rho 0,0.9 --start 0.1"},
    {"bilinear", "--rho 0.5,0.99 --lr 10"},
    {"burst", ""},
    {"burst", "--rho 0,memory:3 --sizes 1,1e6 --lr 10"},
    {"curriculum", ""},
    {"curriculum", "--rho 0,0.5,0.9999 --factors 1e-6,1,1.05,1e6 --within 0.001"},
    {"decay", ""},
    {"decay", "--rho 0 --lr 0.02 --weight-decay 1 --seeds 5"},
    {"decay", "--rho 0.9999 --lr 1e-3 --noises 0.5 --seeds 5"},
    {"hypergradient", "--rho 0.6 --eps 1e-8 --copies 20 --outer-steps 20 --seeds 2"},
    {"clipping", "--seeds 5 --steps 5000"},
    {"clipping", "--rho 0,0.5 --burst 10 --chance 0.05 --limit 2 --lr 0.2 --seeds 2 --steps 2000"},
    {"cosine-phase", "--rho 0.5,0.99 --seeds 5 --steps 4000"},
    {"cosine-phase", "--rho 0 --lr 0.05 --period 30 --amplitude 1 --lags 3 --seeds 2 --steps 2000"},
    {"timescale", "--amplitude 2.3 --timescales 30,200 --seeds 2 --steps 3000"},
    {"timescale", "--kind ou --kurtosis 15 --amplitude 1 --timescales 100 --seeds 3 --steps 5000"},
    {"federated", "--seeds 5 --updates 50 --speed 0.05 --lr 0.03"},
    {"fairness", "--seeds 5 --rho 0.9 --lr 0.05 --size 100"},
    {"rosenbrock", "--seeds 2 --rho 0.9 --lr 0.002,0.005,0.01 --targets 0.01 --steps 2000"},
    {"hypergradient", "--seeds 2 --rho 0.9,0.9999 --copies 20 --inner-steps 100 --outer-steps 40"},
    {"timescale", "--seeds 1 --kind sine --timescales 1 --steps 1000"},
    {"automatic", "--seeds 2 --timescales 30 --updates 500"},
    {"worked-example", ""},
    {"worked-example", "--x -1e9 --lr 10 --rho 0 --steps 50"},
    {"worked-example", "--x 0 --eps 1 --rho 0.9999"},
};

class QuickLab : public testing::TestWithParam<Setting> {
 protected:
  const Lab& lab() const { return find_lab(GetParam().name); }
  /// Made once for all tests of a setting.
  const Report& report(int threads) const {
    static std::map<std::tuple<std::string, std::string, int>, Report> reports;
    const std::tuple key(GetParam().name, GetParam().args, threads);
    if (!reports.contains(key)) reports.emplace(key, run(lab(), GetParam().args, threads));
    return reports.at(key);
  }
};

TEST_P(QuickLab, FindsWhatItsFormulasSay) {
  const Report& found = report(1);
  EXPECT_FALSE(found.rows.empty());
  for (const auto& row : found.rows)
    EXPECT_TRUE(row.agrees) << row.what << ": " << row.measured << ", expected " << row.expected;
}

TEST_P(QuickLab, SpeaksInSentences) {
  const Report& found = report(1);
  EXPECT_TRUE(is_sentence(found.setup)) << found.setup;
  EXPECT_TRUE(is_sentence(found.because)) << found.because;
}

TEST_P(QuickLab, FindsTheSameOnTwoThreads) {
  const Report &one = report(1), &two = report(2);
  ASSERT_EQ(one.rows.size(), two.rows.size());
  for (std::size_t i = 0; i < one.rows.size(); ++i) {
    EXPECT_EQ(one.rows[i].what, two.rows[i].what);
    if (!std::isnan(one.rows[i].measured)) {
      EXPECT_EQ(one.rows[i].measured, two.rows[i].measured) << one.rows[i].what;
    }
  }
}

TEST_P(QuickLab, PlotsSeriesThatCanBeDrawn) {
  const Report& found = report(1);
  EXPECT_FALSE(found.charts.empty());
  EXPECT_NO_THROW(render::to_svg(GetParam().name, found.charts));
  for (const auto& chart : found.charts)
    for (const auto& series : chart.series) {
      EXPECT_EQ(series.x.size(), series.y.size()) << chart.title << ", " << series.name;
      EXPECT_LE(series.x.size(), 500) << chart.title << ", " << series.name;
    }
}

TEST_P(QuickLab, ReachesTheRegisteredVerdictByDefault) {
  if (*GetParam().args != 0) return;
  EXPECT_STREQ(text(report(1).verdict), text(lab().expected));
}

INSTANTIATE_TEST_SUITE_P(Labs, QuickLab, testing::ValuesIn(kSettings), [](const auto& setting) {
  return test_name(setting.param.name) + "_" + std::to_string(setting.index);
});

}  // namespace
}  // namespace rhoam::lab
