#include "rhoam/lab/experiment.h"

#include <fmt/format.h>

#include <optional>

#include "rhoam/core/clock.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

constexpr std::size_t kMostValues = 32;

double number(const std::string& text, const std::string& name, const core::Range& range) {
  const auto value = core::parse_double(text);
  if (!value) throw core::UsageError(fmt::format("--{} '{}' is not a number", name, text));
  if (range.contains(*value)) return *value;
  throw core::UsageError(fmt::format("--{} {} is out of range: {}", name, text, range.text()));
}

/// ρ, when it is constant; not for match, since no timescale is declared here.
std::optional<double> constant(const std::string& text) {
  const optim::Rho rho = optim::parse_rho(text);
  if (rho.automatic() || text.starts_with("match")) return std::nullopt;
  core::Schedule schedule = rho.resolve({});
  return schedule.constant() ? std::optional(schedule.at({})) : std::nullopt;
}

double constant_rho(const std::string& text, double longest) {
  const auto rho = constant(text);
  if (!rho)
    throw core::UsageError(fmt::format(
        "--rho '{}' is no constant: this experiment takes numbers, memory:100 or half-life:50", text));
  constexpr double kRounding = 1 + 1e-9;
  if (optim::memory_of_rho(*rho) <= longest * kRounding) return *rho;
  throw core::UsageError(fmt::format(
      "--rho '{}' remembers more than {:g} updates, which this experiment does not wait for", text, longest));
}

template <class Read>
void add_list(core::Options& options, const std::string& name, std::vector<double>& values,
              const std::string& help, const Read& read) {
  options.add(
      name, help,
      [&values, read, name](const std::string& text) {
        const auto parts = core::split(text, ',');
        if (parts.size() > kMostValues)
          throw core::UsageError(
              fmt::format("--{} takes at most {} values, not {}", name, kMostValues, parts.size()));
        std::vector<double> all;
        for (const auto& part : parts) all.push_back(read(part));
        values = std::move(all);
      },
      [&values] {
        std::vector<std::string> parts;
        for (const double value : values) parts.push_back(core::format_double(value));
        return core::join(parts, ",");
      });
}

}  // namespace

void add_numbers(core::Options& options, const std::string& name, std::vector<double>& values,
                 const std::string& help, core::Range range) {
  add_list(options, name, values, help, [=](const std::string& text) { return number(text, name, range); });
}

void add_rhos(core::Options& options, std::vector<double>& values, double longest) {
  add_list(options, "rho", values, "decays of v: numbers, memory:100 or half-life:50, with commas",
           [=](const std::string& text) { return constant_rho(text, longest); });
}

void add_rho(core::Options& options, double& value, double longest) {
  options.add(
      "rho", "decay of v: a number, memory:100 or half-life:50",
      [&value, longest](const std::string& text) { value = constant_rho(text, longest); },
      [&value] { return core::format_double(value); });
}

}  // namespace rhoam::lab
