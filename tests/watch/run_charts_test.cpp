#include "rhoam/watch/run_charts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "rhoam/tests/watch/log_folder.h"

namespace rhoam::watch {
namespace {

using Values = std::vector<double>;

constexpr const char* kPlain =
    "time/total_timesteps,rollout/ep_rew_mean,optim/actor/grad_norm,optim/actor/rho,optim/actor/memory,"
    "optim/critic/grad_norm,optim/critic/rho,optim/critic/memory,eval/mean_reward\n"
    "100,20,0.5,0.9,10,0.7,0.99,100,\n"
    "200,30,0.4,0.9,10,0.6,0.99,100,45\n";

constexpr const char* kLooks =
    "time/total_timesteps,optim/actor/a/root_v_p05,optim/actor/a/root_v_p50,optim/actor/a/root_v_p95,"
    "optim/actor/b/root_v_p05,optim/actor/b/root_v_p50,optim/actor/b/root_v_p95,"
    "optim/critic/a/root_v_p50,optim/actor/cosine\n"
    "100,1,2,3,4,8,12,99,1\n"
    "200,,,,,,,,\n"
    "300,2,4,8,8,16,32,99,1\n";

/// Run directories with their logs, and what is charted of them.
struct Runs {
  std::vector<LogFolder> folders;
  std::vector<RunLog> logs;
  std::vector<NamedLog> named;

  explicit Runs(const std::vector<std::string>& metrics) : folders(metrics.size()) {
    for (std::size_t i = 0; i < metrics.size(); ++i) {
      folders[i].append(metrics[i]);
      folders[i].append("time/total_timesteps,gravity\n0,-10\n150,-4\n", "drift.csv");
      logs.emplace_back(folders[i].path()).refresh();
    }
    for (std::size_t i = 0; i < logs.size(); ++i)
      named.push_back({"run " + std::to_string(i), &logs[i], {}, static_cast<int>(i)});
  }
};

std::vector<render::Chart> charts_of(const std::string& metrics) { return run_charts(Runs({metrics}).named); }

enum Place { kReturn, kMemory, kRootV, kRate, kGradient };

bool has_values(const render::Chart& chart) {
  return std::ranges::any_of(chart.series, [](const auto& series) { return !series.y.empty(); });
}

TEST(RunCharts, TheReturnHasItsEvaluationsAsPoints) {
  const auto chart = charts_of(kPlain)[kReturn];
  ASSERT_EQ(chart.series.size(), 2u);
  EXPECT_EQ(chart.series[0].y, (Values{20, 30}));
  EXPECT_EQ(chart.series[1].x, (Values{200}));
  EXPECT_EQ(chart.series[1].style, render::Style::points);
}

TEST(RunCharts, AllShowWhereTheWorldJumped) {
  for (const auto& chart : charts_of(kPlain)) EXPECT_EQ(chart.changes, (Values{150}));
}

TEST(RunCharts, MemoryIsNamedWithItsRho) {
  const auto chart = charts_of(kPlain)[kMemory];
  ASSERT_EQ(chart.series.size(), 2u);
  EXPECT_EQ(chart.series[0].name, "actor 10.0, ρ 0.90");
  EXPECT_EQ(chart.series[1].name, "critic 100, ρ 0.990");
  EXPECT_EQ(chart.series[1].y, (Values{100, 100}));
}

TEST(RunCharts, FiguresAreThoseOfTheWatchedCheckpoint) {
  Runs runs({kPlain});
  runs.named[0].watched = 150;
  const auto charts = run_charts(runs.named);
  EXPECT_EQ(charts[kReturn].series[0].name, "training 20.0");
  EXPECT_EQ(charts[kReturn].series[1].name, "greedy");  // not yet evaluated
  EXPECT_EQ(charts[kGradient].series[0].name, "actor 0.500");
}

TEST(RunCharts, EqualMemoriesAreOneLine) {
  const auto chart =
      charts_of("time/total_timesteps,optim/actor/memory,optim/critic/memory\n100,10,10\n")[kMemory];
  ASSERT_EQ(chart.series.size(), 1u);
  EXPECT_EQ(chart.series[0].name, "actor and critic 10.0");
}

TEST(RunCharts, AFanHasTheMiddleOfTheLayersWithinAllOfThem) {
  const auto chart = charts_of(kLooks)[kRootV];
  ASSERT_EQ(chart.series.size(), 2u);
  EXPECT_EQ(chart.series[0].low, (Values{1, 2}));
  EXPECT_EQ(chart.series[0].high, (Values{12, 32}));
  EXPECT_EQ(chart.series[1].x, (Values{100, 300}));
  EXPECT_NEAR(chart.series[1].y[0], 4, 1e-12);  // the geometric middle of 2 and 8
  EXPECT_NEAR(chart.series[1].low[1], 4, 1e-12);
  EXPECT_NEAR(chart.series[1].high[1], 16, 1e-12);
}

TEST(RunCharts, WhatHasNeverMovedStandsAtTheEdgeOfAFan) {
  const auto chart = charts_of(
      "time/total_timesteps,optim/actor/a/root_v_p05,optim/actor/a/root_v_p50,optim/actor/a/root_v_p95\n"
      "100,1e-30,0.01,1e30\n")[kRootV];
  EXPECT_EQ(chart.series.back().low, (Values{0}));
  EXPECT_EQ(chart.series.back().high, (Values{HUGE_VAL}));
}

TEST(RunCharts, WithoutLooksTheFansSayHowToGetThem) {
  const auto charts = charts_of(kPlain);
  for (const auto place : {kRootV, kRate}) {
    EXPECT_FALSE(has_values(charts[place]));
    EXPECT_NE(charts[place].message.find("--introspect-every 10000"), std::string::npos);
  }
}

TEST(RunCharts, WithLooksThatHaveNoRootVTheFansSayThat) {
  const auto chart = charts_of("time/total_timesteps,optim/actor/cosine\n100,1\n")[kRootV];
  EXPECT_NE(chart.message.find("keeps no √v"), std::string::npos);
}

TEST(RunCharts, BeforeTheFirstLookTheFansSayThat) {
  const auto chart = charts_of("time/total_timesteps,optim/actor/cosine\n100,\n")[kRootV];
  EXPECT_EQ(chart.message, "no look into the optimizer yet");
}

TEST(RunCharts, ARunWithoutRowsSaysSo) {
  for (const char* header : {"", "time/total_timesteps,optim/actor/memory,optim/actor/cosine\n"})
    for (const auto& chart : charts_of(header)) EXPECT_EQ(chart.message, "nothing logged yet");
}

TEST(RunCharts, ARunThatIsGoneKeepsItsLines) {
  Runs runs({kLooks});
  std::filesystem::remove_all(runs.folders[0].path());
  runs.logs[0].refresh();
  EXPECT_TRUE(has_values(run_charts(runs.named)[kRootV]));
}

TEST(RunCharts, TheWatchedCheckpointIsNamedOnce) {
  Runs runs({kPlain});
  runs.named[0].watched = 100;
  const auto charts = run_charts(runs.named);
  EXPECT_EQ(charts[kReturn].landmarks[0].name, "watched");
  EXPECT_EQ(charts[kMemory].landmarks[0].name, "");
  EXPECT_EQ(charts[kMemory].landmarks[0].x, 100);
}

TEST(RunCharts, SeveralRunsHaveALineEachInTheirOwnColour) {
  const Runs runs({kPlain, kPlain, kLooks});
  for (const auto place : {kReturn, kMemory, kGradient}) {
    const auto chart = run_charts(runs.named)[place];
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(chart.series[i].color, static_cast<int>(i));
    EXPECT_EQ(chart.series[0].y, chart.series[1].y);
  }
}

TEST(RunCharts, SeveralRunsAreNamedInTheFirstChart) {
  const Runs runs({kPlain, kPlain});
  const auto charts = run_charts(runs.named);
  EXPECT_EQ(charts[kReturn].series[1].name, "run 1");
  EXPECT_EQ(charts[kGradient].series[1].name, "");
}

TEST(RunCharts, CheckpointsThatDifferBearTheNamesOfTheirRuns) {
  Runs runs({kPlain, kPlain});
  runs.named[0].watched = 100, runs.named[1].watched = 200;
  EXPECT_EQ(run_charts(runs.named)[kReturn].landmarks[1].name, "run 1");
  runs.named[1].watched = 100;
  EXPECT_EQ(run_charts(runs.named)[kReturn].landmarks.size(), 1u);
}

TEST(RunCharts, NoRunsHaveNoCharts) { EXPECT_TRUE(run_charts({}).empty()); }

}  // namespace
}  // namespace rhoam::watch
