#include "rhoam/compare/shard.h"

#include <fmt/core.h>

#include <cstdlib>
#include <optional>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"

namespace rhoam::compare {
namespace {

constexpr int kMostShards = 1'000'000;

/// The environment variables of a launcher. Indices are first, first + step, …; without these variables 0, 1,
/// ….
struct Launcher {
  const char *index, *count, *first = nullptr, *step = nullptr;
};
constexpr Launcher kLaunchers[] = {
    {"RANK", "WORLD_SIZE"},
    {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
    {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP"},
    {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS"},
};

Shard checked(int index, int count, const std::string& said) {
  if (count < 1 || count > kMostShards || index < 0 || index >= count)
    throw core::UsageError(fmt::format(
        "{}: there is no such shard; allowed are 0/n … n-1/n with n from 1 to {}", said, kMostShards));
  return {index, count};
}

/// The value of an environment variable; `otherwise` where it is not set.
int whole_number(const char* name, int otherwise) {
  const char* text = name == nullptr ? nullptr : std::getenv(name);
  if (text == nullptr) return otherwise;
  const auto value = core::parse_integer<int>(text);
  if (!value) throw core::UsageError(fmt::format("{}='{}' is not a whole number", name, text));
  return *value;
}

std::optional<Shard> launched_by(const Launcher& launcher) {
  if (std::getenv(launcher.index) == nullptr || std::getenv(launcher.count) == nullptr) return {};
  const auto said = fmt::format("{}={} {}={}", launcher.index, std::getenv(launcher.index), launcher.count,
                                std::getenv(launcher.count));
  const int past = whole_number(launcher.index, 0) - whole_number(launcher.first, 0);
  const int step = whole_number(launcher.step, 1);
  const bool on_a_step = step > 0 && past % step == 0;
  return checked(on_a_step ? past / step : -1, whole_number(launcher.count, 0), said);
}

}  // namespace

Shard parse_shard(const std::string& text) {
  const auto parts = core::split(text, '/');
  const auto index = core::parse_integer<int>(parts[0]);
  const auto count = parts.size() == 2 ? core::parse_integer<int>(parts[1]) : std::nullopt;
  if (!index || !count) throw core::UsageError("--shard '" + text + "' is not i/n, such as 0/4");
  return checked(*index == *count ? 0 : *index, *count, "--shard " + text);
}

Shard find_shard(const std::string& text) {
  std::optional<Shard> launched;
  for (const auto& launcher : kLaunchers)
    if (!launched) launched = launched_by(launcher);
  if (text.empty()) return launched.value_or(Shard{});
  const Shard typed = parse_shard(text);
  if (launched && launched->count > 1 && (launched->index != typed.index || launched->count != typed.count))
    throw core::UsageError(fmt::format("--shard {} contradicts the launcher, which says {}/{}", text,
                                       launched->index, launched->count));
  return typed;
}

}  // namespace rhoam::compare
