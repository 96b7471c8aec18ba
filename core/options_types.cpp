// Options of every type: reading and writing their texts.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/core/options.h"
#include "rhoam/core/text.h"

namespace rhoam::core {
namespace {

std::string quoted(const std::string& name, const std::string& text) {
  return "--" + name + " '" + text + "'";
}

template <class Number>
bool is_number(const std::string& text) {
  if constexpr (std::is_integral_v<Number>) {
    const auto digits = text.substr(!text.empty() && text[0] == '-');
    return parse_integer<Number>(text) ||
           (!digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos);
  }
  return parse_double(text).has_value();
}

// The range narrowed to the limits of the type, for error texts.
template <class Number>
Range within_type(Range range) {
  if constexpr (std::is_integral_v<Number>) {
    range.low = std::max(range.low, static_cast<double>(std::numeric_limits<Number>::min()));
    range.high = std::min(range.high, static_cast<double>(std::numeric_limits<Number>::max()));
  } else {
    range.low = std::max(range.low, static_cast<double>(std::numeric_limits<Number>::lowest()));
    range.high = std::min(range.high, static_cast<double>(std::numeric_limits<Number>::max()));
  }
  return range;
}

template <class Number>
std::optional<Number> parse_number(const std::string& text) {
  if constexpr (std::is_integral_v<Number>) {
    return parse_integer<Number>(text);
  } else {
    const auto value = parse_double(text);
    if (!value || std::abs(*value) > static_cast<double>(std::numeric_limits<Number>::max()))
      return std::nullopt;
    return static_cast<Number>(*value);
  }
}

template <class Number>
Number checked_number(const std::string& name, const std::string& text, const Range& range) {
  if (!is_number<Number>(text)) {
    throw UsageError(quoted(name, text) + " is not a " +
                     (std::is_integral_v<Number> ? "whole number" : "number"));
  }
  const auto value = parse_number<Number>(text);
  if (!value || !range.contains(static_cast<double>(*value))) {
    throw UsageError("--" + name + " " + text + " is out of range: " + within_type<Number>(range).text());
  }
  return *value;
}

template <class Number>
std::string format_number(Number value) {
  if constexpr (std::is_integral_v<Number>) return std::to_string(value);
  if constexpr (std::is_same_v<Number, float>) {
    // The shortest text of the float, not of the double it widens to.
    char buffer[64];
    const std::string text(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
    return text;
  }
  return format_double(static_cast<double>(value));
}

bool checked_bool(const std::string& name, const std::string& text) {
  if (const auto value = parse_bool(text)) return *value;
  throw UsageError(quoted(name, text) + " is neither true nor false");
}

}  // namespace

void Options::section(std::string title) { section_ = std::move(title); }

void Options::declare(Entry entry) {
  if (known(entry.name)) throw std::logic_error("option '" + entry.name + "' is declared twice");
  entry.section = section_;
  entries_.push_back(std::move(entry));
}

template <class Number>
void Options::add_number(const std::string& name, Number& value, const std::string& help,
                         const Range& range) {
  declare({.name = name,
           .placeholder = std::is_integral_v<Number> ? "N" : "X",
           .help = help,
           .section = {},
           .set = [name, &value,
                   range](const auto& texts) { value = checked_number<Number>(name, texts[0], range); },
           .get = [&value] { return std::vector{format_number(value)}; }});
}

void Options::add(const std::string& name, double& value, const std::string& help, Range range) {
  add_number(name, value, help, range);
}
void Options::add(const std::string& name, float& value, const std::string& help, Range range) {
  add_number(name, value, help, range);
}
void Options::add(const std::string& name, int& value, const std::string& help, Range range) {
  add_number(name, value, help, range);
}
void Options::add(const std::string& name, std::int64_t& value, const std::string& help, Range range) {
  add_number(name, value, help, range);
}
void Options::add(const std::string& name, std::uint64_t& value, const std::string& help, Range range) {
  add_number(name, value, help, range);
}

void Options::add(const std::string& name, std::string& value, const std::string& help) {
  declare({.name = name,
           .placeholder = "TEXT",
           .help = help,
           .section = {},
           .set = [&value](const auto& texts) { value = texts[0]; },
           .get = [&value] { return std::vector{value}; }});
}

void Options::add(const std::string& name, const std::string& help,
                  std::function<void(const std::string&)> set, std::function<std::string()> get) {
  declare({.name = name,
           .placeholder = "X",
           .help = help,
           .section = {},
           .set = [set = std::move(set)](const auto& texts) { set(texts[0]); },
           .get = [get = std::move(get)] { return std::vector{get()}; }});
}

void Options::flag(const std::string& name, bool& value, const std::string& help) {
  declare({.name = name,
           .placeholder = "",
           .help = help,
           .section = {},
           .arity = Arity::flag,
           .set = [name, &value](const auto& texts) { value = checked_bool(name, texts[0]); },
           .get = [&value] { return std::vector<std::string>{value ? "true" : "false"}; }});
}

void Options::toggle(const std::string& name) {
  auto& entry = find(name);
  entry.arity = Arity::toggle;
  entry.placeholder = "true|false";
}

void Options::choice(const std::string& name, std::string& value, const std::string& help,
                     std::vector<std::string> allowed) {
  const auto placeholder = join(allowed, "|");
  const auto set = [name, &value, allowed = std::move(allowed)](const auto& texts) {
    if (std::find(allowed.begin(), allowed.end(), texts[0]) == allowed.end()) {
      throw UsageError(quoted(name, texts[0]) + " is unknown: allowed are " + join(allowed) +
                       did_you_mean(texts[0], allowed));
    }
    value = texts[0];
  };
  declare(
      {.name = name, .placeholder = placeholder, .help = help, .section = {}, .set = set, .get = [&value] {
         return std::vector{value};
       }});
}

void Options::list(const std::string& name, std::vector<std::string>& values, const std::string& help) {
  // An empty text is how a config file writes a list without elements.
  const auto set = [&values](const std::vector<std::string>& texts) {
    values = texts;
    std::erase(values, "");
  };
  declare({.name = name,
           .placeholder = "TEXT",
           .help = help,
           .section = {},
           .arity = Arity::many,
           .set = set,
           .get = [&values] { return values; }});
}

void Options::shorthand(const std::string& name, const std::string& help,
                        std::function<void(const std::string&)> set) {
  declare({.name = name,
           .placeholder = "X",
           .help = help,
           .section = {},
           .set = [set = std::move(set)](const auto& texts) { set(texts[0]); },
           .get = {}});
}

}  // namespace rhoam::core
