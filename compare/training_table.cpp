#include "rhoam/compare/training_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "rhoam/core/bootstrap.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/json.h"
#include "rhoam/core/statistics.h"

namespace rhoam::compare {
namespace {

using Json = nlohmann::ordered_json;

struct Trainings {
  std::string kind;  ///< environment and algorithm
  std::set<std::uint64_t> seeds;
  std::vector<double> finals;          ///< mean return of the last evaluation
  std::vector<double> steps, seconds;  ///< until solved, of the solved ones
};

void add(const Json& line, Trainings& trainings) {
  const auto kind = line.value("env", "") + " " + line.value("algo", "");
  if (trainings.finals.empty()) trainings.kind = kind;
  if (kind != trainings.kind)
    throw core::UsageError(
        fmt::format("is of {}, the lines before of {}: sum up one at a time", kind, trainings.kind));
  if (line.contains("seed") && !trainings.seeds.insert(line.at("seed").get<std::uint64_t>()).second)
    throw core::UsageError(
        fmt::format("is of seed {}, as a line before", line.at("seed").get<std::uint64_t>()));
  trainings.finals.push_back(line.at("final_eval_mean").get<double>());
  if (line.at("solved_at_steps").is_null()) return;
  trainings.steps.push_back(line.at("solved_at_steps").get<double>());
  trainings.seconds.push_back(line.at("solved_at_seconds").get<double>());
}

Trainings read(const std::filesystem::path& file) {
  std::ifstream stream(file);
  Trainings trainings;
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    try {
      const auto training = Json::parse(line);
      if (training.at("final_eval_mean").is_null())
        throw core::UsageError("is of a training that did not end: resume it first");
      add(training, trainings);
    } catch (const core::UsageError& error) {
      throw core::UsageError(fmt::format("line {} of '{}' {}", number, file.string(), error.what()));
    } catch (const Json::exception&) {
      throw core::UsageError(
          fmt::format("line {} of '{}' is not what 'rhoam train --json' prints", number, file.string()));
    }
  }
  if (trainings.finals.empty())
    throw core::UsageError(fmt::format(
        "'{}' holds no training: give it the lines that 'rhoam train --json' prints", file.string()));
  return trainings;
}

std::string until_solved(const Trainings& trainings) {
  const auto &steps = trainings.steps, &seconds = trainings.seconds;
  if (steps.empty()) return "– | –";
  const auto [least, most] = std::ranges::minmax(seconds);
  return fmt::format("{:.0f} | {:.3g} s [{:.3g}, {:.3g}]", core::median(steps), core::median(seconds), least,
                     most);
}

Json spread_json(const std::vector<double>& values) {
  if (values.empty()) return nullptr;
  const auto [least, most] = std::ranges::minmax(values);
  return {{"median", core::median(values)}, {"min", least}, {"max", most}};
}

}  // namespace

TrainingTable read_training_table(const std::filesystem::path& file) {
  const auto trainings = read(file);
  const auto &finals = trainings.finals, &steps = trainings.steps, &seconds = trainings.seconds;
  const auto [value, interval] = core::estimate_interquartile_mean(finals);
  const Json json{{"seeds", finals.size()},
                  {"solved", steps.size()},
                  {"solved_at_steps", spread_json(steps)},
                  {"solved_at_seconds", spread_json(seconds)},
                  {"final_eval_mean", {{"iqm", value}, {"low", interval.low}, {"high", interval.high}}}};
  return {.markdown = fmt::format(
              "| seeds | solved | steps until then | training time until then, median [min, max] | "
              "final return, IQM [95% CI] |\n|---|---|---|---|---|\n"
              "| {0} | {1} of {0} | {2} | {3:.1f} [{4:.1f}, {5:.1f}] |\n",
              finals.size(), steps.size(), until_solved(trainings), value, interval.low, interval.high),
          .json = core::to_text(json)};
}

}  // namespace rhoam::compare
