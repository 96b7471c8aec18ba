#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "rhoam/agents/mlp.h"
#include "rhoam/agents/train.h"
#include "rhoam/apps/verbs.h"
#include "rhoam/bench/limits.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/options.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/registry.h"
#include "rhoam/optim/recipes.h"
#include "rhoam/training/world.h"

namespace rhoam::apps {
namespace {

using Time = std::chrono::steady_clock;

/// Units per second of `body`, which does `units` per call: the median of several timed runs after a warm-up.
double rate(double units, const std::function<void()>& body) {
  constexpr int kRuns = 7;
  constexpr double kSeconds = 0.08;
  body();
  std::vector<double> rates;
  for (int run = 0; run < kRuns; ++run) {
    double done = 0, seconds = 0;
    const auto start = Time::now();
    while (seconds < kSeconds) {
      body();
      done += units;
      seconds = std::chrono::duration<double>(Time::now() - start).count();
    }
    rates.push_back(done / seconds);
  }
  std::nth_element(rates.begin(), rates.begin() + kRuns / 2, rates.end());
  return rates[kRuns / 2];
}

struct Row {
  std::string what;
  double per_second;
  const char* unit;
  std::optional<double> of_limit = {};  ///< fraction of the limit of this machine
};

using Rows = std::vector<Row>;

void bench_envs(core::ThreadPool& pool, Rows& rows) {
  for (const auto& entry : envs::env_table()) {
    constexpr int kRows = 64, kSteps = 100;
    const auto env = entry.make(kRows, &pool);
    envs::StepBatch batch;
    env->reset(0, batch);
    const auto& space = env->spec().action;
    core::Stream stream(0);
    std::vector<float> actions(static_cast<std::size_t>(kRows) * space.size());
    for (float& a : actions)
      a = space.discrete() ? static_cast<float>(stream.below(space.n))
                           : static_cast<float>(stream.uniform(-1, 1));
    rows.push_back({fmt::format("{}, {} rows, {} threads", entry.id, kRows, pool.size()),
                    rate(kRows * kSteps,
                         [&] {
                           for (int t = 0; t < kSteps; ++t) env->step(actions, batch);
                         }),
                    "steps/s"});
  }
}

void bench_networks(Rows& rows) {
  for (const int batch : {1, 16, 64}) {
    core::Stream stream(0);
    const auto network = agents::make_mlp({.inputs = 8, .hidden = {64, 64}, .outputs = 4}, stream);
    const auto workspace = network->make_workspace(batch);
    std::vector<float> obs(8 * batch, 0.5f), out(4 * batch), gradient(network->parameters().size());
    rows.push_back({fmt::format("8-64-64-4 tanh network, forward, batch {}", batch),
                    rate(batch, [&] { network->forward(obs, out, *workspace); }), "rows/s"});
    rows.push_back({fmt::format("8-64-64-4 tanh network, forward and backward, batch {}", batch),
                    rate(batch,
                         [&] {
                           network->forward(obs, out, *workspace);
                           network->backward(out, *workspace, gradient);
                         }),
                    "rows/s"});
  }
}

void bench_optimizers(Rows& rows) {
  for (const auto& recipe : optim::recipes())
    for (const std::size_t size : {5'000, 100'000, 1'000'000}) {
      const auto times = bench::time_step({.recipe = recipe.name}, size);
      rows.push_back({fmt::format("{}, {} parameters", recipe.name, size), 1 / times.step, "updates/s",
                      times.of_limit()});
    }
}

void bench_training(core::ThreadPool& pool, const agents::Networks& networks, Rows& rows) {
  for (const char* env : {"CartPole-v1", "LunarLander-v3"})
    for (const char* algorithm : {"a2c", "ppo"}) {
      training::TrainingConfig config(env, algorithm);
      const training::World world = training::make_world(config, &pool);
      const auto agent = training::make_agent(config, world, networks, &pool);
      agents::Progress progress;
      world.env->reset(0, progress.batch);
      constexpr std::int64_t kSteps = 8192;
      rows.push_back({fmt::format("{} {} with its defaults, {} threads", env, algorithm, pool.size()),
                      rate(kSteps,
                           [&] {
                             agents::train(*world.env, *agent, progress, progress.clocks.steps + kSteps,
                                           [](auto) { return true; });
                           }),
                      "steps/s"});
    }
}

}  // namespace

int run_bench(const Invocation& invocation) {
  const std::vector<std::string> parts{"envs", "networks", "optim", "training"};
  int threads = 0;
  bool json = false, help = false;
  core::Options options;
  options.add("threads", threads, "threads; 0 is one per usable processor", {.low = 0, .high = 1024});
  options.flag("json", json, "sum up the result as one JSON object on the last line");
  options.flag("help", help, "show this text");
  options.parse(invocation.args, 1);
  options.apply();
  if (help) {
    fmt::print(
        "Usage: rhoam bench [{}] [options]\n\nMedians on this machine as it is now; optimizers: best of many "
        "runs, interleaved with their limit,\nthe slower of moving their arrays and of a root and a division "
        "per parameter.\n\n{}",
        core::join(parts, "|"), options.help());
    return 0;
  }
  const std::string what = options.positional().empty() ? "" : options.positional()[0];
  if (!what.empty() && std::find(parts.begin(), parts.end(), what) == parts.end())
    throw core::UsageError(fmt::format("bench '{}' is unknown: allowed are {}{}", what, core::join(parts),
                                       core::did_you_mean(what, parts)));

  core::ThreadPool pool(threads);
  Rows rows;
  const auto wanted = [&](const char* part) { return what.empty() || what == part; };
  if (wanted("envs")) bench_envs(pool, rows);
  if (wanted("networks")) bench_networks(rows);
  if (wanted("optim")) bench_optimizers(rows);
  if (wanted("training")) bench_training(pool, invocation.parts.networks, rows);
  nlohmann::ordered_json sum;
  for (const Row& row : rows) {
    fmt::print(json ? stderr : stdout, "{:<64}{:>14.0f} {}{}\n", row.what, row.per_second, row.unit,
               row.of_limit ? fmt::format(", {:.2f} of the limit", *row.of_limit) : "");
    sum.push_back({{"what", row.what}, {"per_second", row.per_second}, {"unit", row.unit}});
    if (row.of_limit) sum.back()["of_limit"] = *row.of_limit;
  }
  if (json) fmt::print("{}\n", nlohmann::ordered_json{{"benchmarks", sum}}.dump());
  return 0;
}

}  // namespace rhoam::apps
