#include "rhoam/core/status_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "rhoam/core/terminal.h"

namespace rhoam::core {
namespace {

using namespace std::chrono_literals;
constexpr auto kRedraw = 100ms;
constexpr auto kPlainLine = 5s;
constexpr const char* kEraseLine = "\r\x1b[K";

}  // namespace

StatusLine::StatusLine(std::FILE* out, bool quiet)
    : out_(out), quiet_(quiet), terminal_(can_redraw(out)), start_(Time::now()), last_(start_) {}

StatusLine::~StatusLine() { finish(); }

bool StatusLine::due() const {
  return !quiet_ && Time::now() - last_ >= (terminal_ ? Time::duration(kRedraw) : Time::duration(kPlainLine));
}

void StatusLine::show(std::string text) {
  if (quiet_) return;
  last_ = Time::now();
  if (terminal_) {
    text.resize(std::min<std::size_t>(text.size(), columns_of(out_, 80) - 1));
    put(kEraseLine + text);
  } else {
    put(text + "\n");
  }
  std::fflush(out_);
  drawn_ = terminal_;
}

void StatusLine::note(const std::string& text) {
  if (quiet_) return;
  finish();
  put(text + "\n");
  std::fflush(out_);
}

void StatusLine::finish() {
  if (!std::exchange(drawn_, false)) return;
  put(kEraseLine);
  std::fflush(out_);
}

double StatusLine::seconds() const { return std::chrono::duration<double>(Time::now() - start_).count(); }

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace rhoam::core
