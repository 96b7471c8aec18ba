#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/core/clock.h"
#include "rhoam/core/random.h"
#include "rhoam/core/range.h"
#include "rhoam/core/tensors.h"

namespace rhoam::core {

struct ScheduleKind;
struct ScheduleContext;

/// Parameters of a schedule and, for a random one, its current position.
struct ScheduleState {
  std::vector<double> keys;    ///< by ScheduleKey
  std::vector<double> times;   ///< of `steps` and `knots`
  std::vector<double> values;  ///< one more than times
  Stream stream;
  bool started = false;
  double level = 0;  ///< the value now
  double next = 0;   ///< the time of the next event
};

/// A value as a function of one clock: a learning rate, a clip range, or the drift of physics. Random ones
/// own a stream; their changes fall at the same times however often they are read.
class Schedule {
 public:
  /// A value that never changes.
  Schedule(double value = 0) { state_.level = value; }
  /// A value within `bounds` that the program computes from the clocks; it has neither text nor state.
  Schedule(std::function<double(const Clocks&)> rule, const Range& bounds)
      : rule_(std::move(rule)), rule_bounds_(bounds) {}

  /// The value at these clocks. Random kinds need clocks that do not decrease. Throws CorruptError when one
  /// is more than 2^27 of its events behind, which only a damaged clock can cause.
  double at(const Clocks& clocks) { return constant() ? state_.level : moved_to(clocks); }
  bool constant() const { return kind_ == nullptr && !rule_; }
  Clock clock() const { return clock_; }
  /// Timescale of its changes: dwell of square and telegraph, period of sine, first period of restarts, tau
  /// of ou and growth, `every` of burst; none for others.
  std::optional<Timescale> timescale() const;
  /// Whether it is constant between jumps: steps, square, telegraph and burst.
  bool jumps() const;
  /// The values of a constant, or of a schedule that jumps; empty for others.
  std::vector<double> levels() const;
  /// A range that contains every value that it can take.
  Range bounds() const;
  /// Half the distance from low to high, or the standard deviation of ou; none for others.
  std::optional<double> amplitude() const;
  /// Fraction of its period or dwell that a sine or a square has completed at these clocks, in [0, 1); none
  /// for others.
  std::optional<double> phase(const Clocks& clocks) const;
  /// Its name in the table of kinds; "constant" for a plain number and for a value that the program computes.
  std::string kind() const;
  /// Parses its text again with this context; a random kind starts afresh.
  void bind(const ScheduleContext& context);
  /// Text that parse_schedule reads back.
  std::string to_string() const;

  /// The state of a random kind under `prefix`; nothing for others. `load` throws CorruptError.
  void save(Tensors& out, const std::string& prefix) const;
  void load(const Tensors& in, const std::string& prefix);

 private:
  friend class ScheduleParser;
  double moved_to(const Clocks& clocks);

  const ScheduleKind* kind_ = nullptr;
  std::function<double(const Clocks&)> rule_;
  Range rule_bounds_;
  Clock clock_ = Clock::steps;
  std::string text_;
  ScheduleState state_;
};

/// Values that the text of a schedule leaves open.
struct ScheduleContext {
  double whole_steps = 0;   ///< length of the training, the default of `over`; 0: `over` must be given
  std::uint64_t seed = 0;   ///< seed of a random kind's stream (Purpose::drift)
  std::uint64_t index = 0;  ///< its number, so that two schedules of one run do not share draws
};

/// Context for parsing a text before the training is known: `over` may be missing; Schedule::bind completes
/// it.
inline constexpr ScheduleContext kUnbound{.whole_steps = 1};

/// A bare number, or KIND:key=value,key=value with the kinds and keys of schedule_kinds():
///   linear:from=1e-3,to=0,over=300000    sine:period=50000,low=-11,high=-4    square:dwell=400updates
///   telegraph:dwell=100updates,amplitude=2.3    steps:at=100/200updates,values=1/2/3
///   square:dwell=400updates,first=random (the first switch after an exponential time of mean dwell)
///   restarts:from=1e-3,to=0,period=100updates,factor=2,warmup=20updates    power:from=0.1,exponent=0.275
///   knots:at=100/200updates,values=1/5/2 (1 at first, then straight lines to 5 at 100 and to 2 at 200)
/// Times are at least 1; a suffix (steps, updates, episodes) at any of them chooses the clock for all, and
/// none means steps. Levels are low and high (0 and 1 if not given), or amplitude around center (0 if not
/// given). A warm-up is part of `over`, and a first period follows it; a constant with a warm-up is
/// linear:from=0,to=X,over=TIME. Throws UsageError with the text, what is allowed and the nearest match.
Schedule parse_schedule(const std::string& text, const ScheduleContext& context = {});

/// One line of `rhoam list`.
struct ScheduleHelp {
  std::string name;
  std::string keys;  ///< such as "from=X,to=X[,over=TIME]"
  std::string help;
};
std::vector<ScheduleHelp> schedule_kinds();

}  // namespace rhoam::core
