#include "rhoam/core/schedule.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/core/schedule_kinds.h"
#include "rhoam/core/text.h"

namespace rhoam::core {
namespace {

using enum ScheduleKey;

constexpr Range kFactor{.low = 1, .high = 1e9};    // powers of more would overflow
constexpr Range kSpread{.low = 0, .high = 1e100};  // the sum of a walk's steps stays finite

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const auto& kind : schedule_table()) names.emplace_back(kind.name);
  return names;
}

std::vector<std::string> key_names(const ScheduleKind& kind) {
  std::vector<std::string> names;
  for (const auto& use : kind.keys) names.emplace_back(info(use.key).name);
  return names;
}

bool is_list(ScheduleKey key) {
  return info(key).type == KeyType::times || info(key).type == KeyType::numbers;
}

}  // namespace

/// Parses one text; every error begins with it.
class ScheduleParser {
 public:
  ScheduleParser(const std::string& text, const ScheduleContext& context)
      : text_(trim(text)), context_(context) {}

  Schedule parse() {
    if (const auto number = parse_double(text_)) return Schedule(*number);
    const auto colon = std::min(text_.find(':'), text_.size());
    schedule_.kind_ = &find_kind(text_.substr(0, colon));
    schedule_.text_ = text_;
    state().keys.resize(kScheduleKeys.size());
    given_.resize(kScheduleKeys.size());
    if (colon + 1 < text_.size()) {
      for (const auto& item : split(text_.substr(colon + 1), ',')) read_item(item);
    }
    fill_in();
    check();
    draw_first();
    if (kind().value == find_kind("constant").value) return Schedule(get(state(), value));
    schedule_.clock_ = clock_.value_or(Clock::steps);
    if (kind().random) state().stream = stream();
    return std::move(schedule_);
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw UsageError("schedule '" + text_ + "': " + why);
  }
  const ScheduleKind& kind() const { return *schedule_.kind_; }
  ScheduleState& state() { return schedule_.state_; }
  bool given(ScheduleKey key) const { return given_[static_cast<std::size_t>(key)]; }
  double& slot(ScheduleKey key) { return state().keys[static_cast<std::size_t>(key)]; }

  const ScheduleKind& find_kind(const std::string& name) const {
    for (const auto& row : schedule_table()) {
      if (name == row.name) return row;
    }
    fail("neither a number nor a known kind: allowed are " + join(kind_names()) +
         did_you_mean(name, kind_names()));
  }

  ScheduleKey find_key(const std::string& name) const {
    for (const auto& use : kind().keys) {
      if (name == info(use.key).name) return use.key;
    }
    const auto names = key_names(kind());
    fail(std::string(kind().name) + " has no key '" + name + "': allowed are " + join(names) +
         did_you_mean(name, names));
  }

  void read_item(const std::string& item) {
    const auto equals = item.find('=');
    if (equals == std::string::npos) fail("'" + item + "' is not key=value");
    const auto key = find_key(item.substr(0, equals));
    if (given(key)) fail("'" + item.substr(0, equals) + "' is given twice");
    given_[static_cast<std::size_t>(key)] = true;
    read_value(key, item.substr(equals + 1));
  }

  void read_value(ScheduleKey key, const std::string& text) {
    if (info(key).type == KeyType::number) slot(key) = number(key, text);
    if (info(key).type == KeyType::wait && text == "random")
      random_first_ = true;
    else if (info(key).type == KeyType::time || info(key).type == KeyType::wait)
      slot(key) = time(text);
    if (!is_list(key)) return;
    for (const auto& part : split(text, '/')) {
      if (key == at) state().times.push_back(time(part));
      if (key == values) state().values.push_back(number(key, part));
    }
  }

  double number(ScheduleKey key, const std::string& text) const {
    const auto number = parse_double(text);
    if (!number) fail(std::string(info(key).name) + "=" + text + " is not a number");
    return *number;
  }

  double time(const std::string& text) {
    try {
      const auto length = parse_timescale(text);
      // Clocks count whole numbers; far below one, a random path would need countless events between two of
      // them.
      if (length.value < 1) fail("times are at least 1, not " + text);
      if (!text.empty() && std::isalpha(static_cast<unsigned char>(text.back()))) {
        if (clock_.value_or(length.clock) != length.clock) fail("its times must be on one clock");
        clock_ = length.clock;
      }
      return length.value;
    } catch (const UsageError& error) {
      if (std::string_view(error.what()).starts_with("schedule")) throw;
      fail(error.what());
    }
  }

  void fill_in() {
    for (const auto& [key, fallback] : kind().keys) {
      if (given(key)) continue;
      if (std::isnan(fallback)) fail(std::string(kind().name) + " needs " + info(key).name + "=");
      slot(key) = fallback == kWhole ? whole() : fallback;
    }
    if (!kind().uses(low) || !given(amplitude)) return;
    if (given(low) || given(high)) fail("give either low and high, or amplitude and center");
    slot(low) = get(state(), center) - get(state(), amplitude);
    slot(high) = get(state(), center) + get(state(), amplitude);
  }

  double whole() const {
    if (context_.whole_steps <= 0) fail("how long? over= is missing");
    if (clock_.value_or(Clock::steps) != Clock::steps)
      fail(std::string("over= is missing: the length of the training is known in steps, not in ") +
           name(*clock_));
    return context_.whole_steps;
  }

  void check() {
    const auto& times = state().times;
    if (std::adjacent_find(times.begin(), times.end(), std::greater_equal<>{}) != times.end())
      fail("at= must increase");
    if (kind().uses(at) && state().values.size() != times.size() + 1)
      fail("values= needs one more element than at=");
    for (const auto key : {amplitude, scale})
      if (!kSpread.contains(get(state(), key)))
        fail(std::string(info(key).name) + "= is out of range: " + kSpread.text());
    if (get(state(), exponent) < 0) fail("exponent= must not be negative");
    if (given(factor) && !kFactor.contains(get(state(), factor)))
      fail("factor= is out of range: " + kFactor.text());
    if (given(over) && get(state(), warmup) >= get(state(), over)) fail("warmup= must be below over=");
    if (kind().uses(length) && get(state(), length) >= get(state(), every))
      fail("length= must be below every=");
    if (given(center) && !given(amplitude)) fail("center= needs amplitude=");
  }

  Stream stream() const { return {context_.seed, Purpose::drift, context_.index}; }

  void draw_first() {
    if (random_first_) slot(first) = get(state(), dwell) * stream().exponential();
  }

  std::string text_;
  const ScheduleContext& context_;
  Schedule schedule_;
  bool random_first_ = false;
  std::vector<bool> given_;
  std::optional<Clock> clock_;
};

Schedule parse_schedule(const std::string& text, const ScheduleContext& context) {
  return ScheduleParser(text, context).parse();
}

double Schedule::moved_to(const Clocks& clocks) {
  return rule_ ? rule_(clocks) : kind_->value(state_, static_cast<double>(read(clocks, clock_)));
}

std::optional<Timescale> Schedule::timescale() const {
  if (kind_ == nullptr || !kind_->timescale) return std::nullopt;
  return Timescale{get(state_, *kind_->timescale), clock_};
}

bool Schedule::jumps() const { return kind_ != nullptr && kind_->jumps; }

std::vector<double> Schedule::levels() const {
  if (constant()) return {state_.level};
  if (!jumps()) return {};
  return kind_->uses(values) ? state_.values : std::vector{get(state_, low), get(state_, high)};
}

Range Schedule::bounds() const {
  if (constant()) return {state_.level, state_.level};
  if (rule_) return rule_bounds_;
  const auto around = [](const auto& values) {
    const auto [least, most] = std::ranges::minmax(values);
    return Range{least, most};
  };
  const double start = get(state_, from);
  if (kind_->uses(low)) return around(std::array{get(state_, low), get(state_, high)});
  if (kind_->uses(to)) return around(std::array{start, get(state_, to), get(state_, warmup) > 0 ? 0 : start});
  if (kind_->uses(exponent)) return around(std::array{start, 0.0});
  if (kind_->uses(values)) return around(state_.values);
  if (kind_->random) return {};
  return start < 0 ? Range{-kWhole, start} : Range{start, start == 0 ? 0 : kWhole};  // growth
}

std::optional<double> Schedule::amplitude() const {
  if (kind_ == nullptr) return std::nullopt;
  if (kind_->uses(low)) return std::abs(get(state_, high) - get(state_, low)) / 2;
  if (kind_->uses(ScheduleKey::amplitude)) return get(state_, ScheduleKey::amplitude);
  return std::nullopt;
}

std::optional<double> Schedule::phase(const Clocks& clocks) const {
  const auto length = timescale();
  if (!length || !(kind_->uses(ScheduleKey::phase) || kind_->uses(first))) return std::nullopt;
  const double ahead =
      kind_->uses(first) ? -get(state_, first) / length->value : get(state_, ScheduleKey::phase);
  const double turns = static_cast<double>(read(clocks, clock_)) / length->value + ahead;
  return turns - std::floor(turns);
}

std::string Schedule::kind() const { return kind_ == nullptr ? "constant" : kind_->name; }

std::string Schedule::to_string() const { return constant() ? format_double(state_.level) : text_; }

void Schedule::save(Tensors& out, const std::string& prefix) const {
  if (kind_ == nullptr || !kind_->random) return;
  out.put(prefix + "/stream", std::span<const std::uint64_t>(state_.stream.state()));
  out.put(prefix + "/path", std::vector<double>{state_.level, state_.next, state_.started ? 1.0 : 0.0});
}

void Schedule::load(const Tensors& in, const std::string& prefix) {
  if (kind_ == nullptr || !kind_->random) return;
  Stream::State words;
  std::array<double, 3> path;
  in.get(prefix + "/stream", std::span<std::uint64_t>(words));
  in.get(prefix + "/path", std::span<double>(path));
  // A path that never advances would loop for ever.
  const bool zeros = words == Stream::State{};  // the one state from which xoshiro draws nothing else
  const bool started = path[2] != 0,
             possible = std::isfinite(path[0]) && (!started || bounds().contains(path[0]));
  if (zeros || !possible || !(path[1] >= 0)) {  // the next event may be at infinity
    throw CorruptError("tensor '" + prefix + "/path' is no state of a schedule");
  }
  state_.stream.set_state(words);
  state_.level = path[0];
  state_.next = path[1];
  state_.started = started;
}

std::vector<ScheduleHelp> schedule_kinds() {
  std::vector<ScheduleHelp> rows;
  for (const auto& kind : schedule_table()) {
    std::string keys;
    for (const auto& [key, fallback] : kind.keys) {
      const auto item = std::string(keys.empty() ? "" : ",") + info(key).name + "=";
      keys += std::isnan(fallback) ? item : "[" + item + "]";
    }
    rows.push_back({kind.name, keys, kind.help});
  }
  return rows;
}

void Schedule::bind(const ScheduleContext& context) {
  if (kind_ != nullptr) *this = parse_schedule(text_, context);
}

}  // namespace rhoam::core
