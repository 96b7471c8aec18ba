#include "core/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace rhoam::core {
namespace {

using namespace std::chrono_literals;
constexpr auto kRedraw = 100ms;
constexpr auto kPlainLine = 5s;
constexpr const char* kEraseLine = "\r\x1b[K";

std::string rate(double per_second) {
  if (per_second >= 1e6) return fmt::format("{:.2f}M", per_second / 1e6);
  if (per_second >= 1e3) return fmt::format("{:.0f}k", per_second / 1e3);
  return fmt::format("{:.0f}", per_second);
}

std::string duration(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::size_t width(std::FILE* out) {
  winsize size{};
  const bool known = ::ioctl(::fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  return known ? size.ws_col - 1U : 79U;
}

}  // namespace

Progress::Progress(std::FILE* out, std::int64_t total_steps, bool quiet, std::int64_t done_steps)
    : out_(out),
      total_(total_steps),
      done_(done_steps),
      quiet_(quiet),
      terminal_(::isatty(::fileno(out)) == 1),
      start_(Time::now()),
      last_(start_) {}

Progress::~Progress() { finish(); }

void Progress::update(std::int64_t steps, double mean_return) {
  if (quiet_) return;
  const auto now = Time::now();
  if (now - last_ >= (terminal_ ? Time::duration(kRedraw) : Time::duration(kPlainLine)))
    draw(steps, mean_return, now);
}

void Progress::draw(std::int64_t steps, double mean_return, Time::time_point now) {
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  auto text = line(steps, total_, static_cast<double>(steps - done_) / seconds, mean_return);
  if (terminal_) {
    text.resize(std::min(text.size(), width(out_)));
    put(kEraseLine + text);
  } else {
    put(text + "\n");
  }
  std::fflush(out_);
  drawn_ = terminal_;
}

void Progress::note(const std::string& text) {
  if (quiet_) return;
  finish();
  put(text + "\n");
  std::fflush(out_);
}

void Progress::finish() {
  if (!std::exchange(drawn_, false)) return;
  put(kEraseLine);
  std::fflush(out_);
}

std::string Progress::line(std::int64_t steps, std::int64_t total, double steps_per_second,
                           double mean_return) {
  const double done = total > 0 ? static_cast<double>(steps) / static_cast<double>(total) : 1;
  auto text = fmt::format("{}/{} steps  {:.0f}%  {} steps/s", steps, total, std::floor(100 * done),
                          rate(steps_per_second));
  if (!std::isnan(mean_return)) text += fmt::format("  return {:.1f}", mean_return);
  if (steps_per_second > 0 && total > steps) {
    text += "  ETA " + duration(static_cast<double>(total - steps) / steps_per_second);
  }
  return text;
}

}  // namespace rhoam::core
