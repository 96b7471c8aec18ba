// Against SciPy and NumPy: tests/core/golden/make.py.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "rhoam/core/bootstrap.h"
#include "rhoam/core/significance.h"

namespace rhoam::core {
namespace {

using nlohmann::json;
using Runs = std::vector<std::vector<double>>;

constexpr BootstrapOptions kOptions = {.resamples = 20'000};  // CHECKED in make.py
constexpr double kExact = 1e-12;

json golden(const std::string& name) {
  return json::parse(std::ifstream(std::string(RHOAM_TEST_DATA) + "/golden/" + name + ".json"));
}

void expect_agreement(const Estimate& estimate, const json& expected) {
  EXPECT_NEAR(estimate.value, expected["value"], kExact);
  EXPECT_GE(estimate.interval.low, expected["low"][0].get<double>() - kExact);
  EXPECT_LE(estimate.interval.low, expected["low"][1].get<double>() + kExact);
  EXPECT_GE(estimate.interval.high, expected["high"][0].get<double>() - kExact);
  EXPECT_LE(estimate.interval.high, expected["high"][1].get<double>() + kExact);
}

TEST(StatisticsGolden, InterquartileMeansOfOneAndMoreStrata) {
  for (const auto& item : golden("interquartile_mean"))
    expect_agreement(estimate_interquartile_mean(item["scores"].get<Runs>(), kOptions), item);
}

TEST(StatisticsGolden, ProbabilitiesOfImprovement) {
  for (const auto& item : golden("improvement"))
    expect_agreement(estimate_improvement(item["x"].get<Runs>(), item["y"].get<Runs>(), kOptions), item);
}

TEST(StatisticsGolden, PerformanceProfiles) {
  for (const auto& item : golden("profile")) {
    const auto thresholds = item["thresholds"].get<std::vector<double>>();
    const auto profile = performance_profile(item["scores"].get<Runs>(), thresholds, kOptions);
    for (std::size_t i = 0; i < thresholds.size(); ++i) expect_agreement(profile[i], item["points"][i]);
  }
}

void expect_golden_p(const char* file, double (*p)(std::span<const double>, std::uint64_t)) {
  for (const auto& item : golden(file)) {
    const auto differences = item["differences"].get<std::vector<double>>();
    const double expected = item["p"];
    // Above 16 pairs the test draws 20,000 flips: five standard errors.
    const double error = differences.size() > 16 ? 5 * std::sqrt(expected * (1 - expected) / 20'000) : kExact;
    EXPECT_NEAR(p(differences, 0), expected, error) << differences.size();
  }
}

TEST(StatisticsGolden, SignFlips) { expect_golden_p("sign_flip", sign_flip_p); }

TEST(StatisticsGolden, SignedRanks) { expect_golden_p("signed_rank", signed_rank_p); }

TEST(StatisticsGolden, HolmsCorrection) {
  for (const auto& item : golden("holm")) {
    const auto adjusted = holm(item["p"].get<std::vector<double>>());
    for (std::size_t i = 0; i < adjusted.size(); ++i) EXPECT_NEAR(adjusted[i], item["adjusted"][i], kExact);
  }
}

TEST(StatisticsGolden, StudentTails) {
  for (const auto& item : golden("student_tail"))
    EXPECT_NEAR(student_tail(0.025, item["degrees"]), item["tail"], kExact);
}

}  // namespace
}  // namespace rhoam::core
