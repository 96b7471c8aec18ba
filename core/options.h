#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhoam/core/range.h"

namespace rhoam::core {

/// Treatment of undeclared options.
enum class Unknown {
  reject,
  /// Skips the option and, without "=", also the next word unless that starts with "--"; so declare every
  /// flag.
  skip,
};

/// An option as given: several texts for a list, else one.
struct GivenOption {
  std::string name;
  std::vector<std::string> texts;
};

/// The options as lines that Options::read_config accepts.
std::string to_config(std::span<const GivenOption> options);

/// Options that describe themselves once: command line, config file, help and dump come from the same
/// declarations. Each is bound to a variable that must outlive this object and whose current value is the
/// default. A typed option beats the config file, which beats the default. Every error is a UsageError of one
/// line.
class Options {
 public:
  /// Starts a section of the help text; options declared next belong to it.
  void section(std::string title);

  void add(const std::string& name, double& value, const std::string& help, Range range = {});
  void add(const std::string& name, float& value, const std::string& help, Range range = {});
  void add(const std::string& name, int& value, const std::string& help, Range range = {});
  void add(const std::string& name, std::int64_t& value, const std::string& help, Range range = {});
  void add(const std::string& name, std::uint64_t& value, const std::string& help, Range range = {});
  void add(const std::string& name, std::string& value, const std::string& help);
  /// A value with its own grammar: `set` parses a text or throws UsageError, `get` returns the current text.
  void add(const std::string& name, const std::string& help, std::function<void(const std::string&)> set,
           std::function<std::string()> get);
  /// `--name`, `--name=true`, or `--no-name`, `--name=false`; in a file `name = true|false`. Also yes and no,
  /// on and off, 1 and 0, in any case.
  void flag(const std::string& name, bool& value, const std::string& help);
  /// Lets an option declared with its own grammar, which includes true and false, also be given as a flag.
  /// Unlike a flag, it may have its value after a space: `--name false`.
  void toggle(const std::string& name);
  void choice(const std::string& name, std::string& value, const std::string& help,
              std::vector<std::string> allowed);
  /// May be given many times; the first time replaces the default.
  void list(const std::string& name, std::vector<std::string>& values, const std::string& help);

  /// A short way to set several variables at once; it has no value of its own and is not part of the dump.
  /// Declare it before the options that set one of them, so that these win on the same level.
  void shorthand(const std::string& name, const std::string& help,
                 std::function<void(const std::string&)> set);

  /// Records `--name value`, `--name=value` and up to `max_positional` other words; `-h` is `--help`. Changes
  /// no variable yet.
  void parse(std::span<const std::string> args, std::size_t max_positional = 0,
             Unknown unknown = Unknown::reject);
  /// Records options given to another object as if they were typed here, empty texts too. Changes no variable
  /// yet.
  void take(std::span<const GivenOption> options);
  /// Records "name = value" lines; "[actor]" puts "actor." before the names that follow; "#" and ";" start
  /// comment lines. A repeated name is allowed for lists only. Changes no variable yet. Also UsageError when
  /// the file does not exist.
  void read_config(const std::filesystem::path& path, Unknown unknown = Unknown::reject);
  /// The same for a text; `origin` replaces the path in errors.
  void read_config_text(const std::string& text, const std::string& origin,
                        Unknown unknown = Unknown::reject);
  /// Writes the recorded values to the variables. May be called again after the defaults have changed.
  void apply() const;

  /// The text that apply() would use (the last one of a list), or nothing when the default applies.
  std::optional<std::string> given(const std::string& name) const;
  /// All options that were given, in the order of declaration; typed texts replace configured ones.
  std::vector<GivenOption> all_given() const;
  /// Whether it was given on the command line.
  bool typed(const std::string& name) const;
  const std::vector<std::string>& positional() const { return positional_; }

  /// One aligned paragraph per option under its section, with the current value as the default; 100 columns.
  std::string help() const;
  /// The current values as text that read_config accepts and that restores them exactly.
  std::string dump() const;
  /// The current values as texts, by name; a list without elements has one empty text.
  std::vector<GivenOption> values() const;
  /// All names in the order of their declaration.
  std::vector<std::string> names() const;
  /// Declares the flags and toggles of another object that are not declared here, and ignores their values:
  /// for a first pass over the words, in which the word after a switch must not be taken for its value.
  void ignore_switches_of(const Options& other);

 private:
  enum class Arity { flag, toggle, one, many };
  struct Entry {
    std::string name, placeholder, help, section;
    Arity arity = Arity::one;
    std::function<void(const std::vector<std::string>&)> set;
    std::function<std::vector<std::string>()> get;  ///< empty for a shorthand
    std::vector<std::string> typed{}, configured{};
    bool is_switch() const { return arity == Arity::flag || arity == Arity::toggle; }
    const std::vector<std::string>& texts() const { return typed.empty() ? configured : typed; }
  };

  void declare(Entry entry);
  void apply_level(std::vector<std::string> Entry::*level) const;
  template <class Number>
  void add_number(const std::string& name, Number& value, const std::string& help, const Range& range);
  Entry& find(const std::string& name);
  const Entry& find(const std::string& name) const;
  bool known(const std::string& name) const;
  /// The flag that "no-name" switches off; empty when there is none.
  std::string negated_flag(const std::string& name) const;
  std::vector<std::string> spelt_out(std::span<const std::string> args) const;
  void refuse_value_of_flag(const std::string& flag, const std::string& word) const;
  std::vector<std::string> without_unknown(std::span<const std::string> args) const;
  std::vector<std::string> take_flags_with_values(std::vector<std::string> words);
  void record_typed(const std::string& name, const std::string& text);
  void record_positional(const std::string& word, std::size_t max_positional);
  std::string read_config_line(std::string_view line, const std::string& prefix, Unknown unknown);

  std::vector<Entry> entries_;
  std::vector<std::string> positional_;
  std::string section_;
  std::string config_;  // source of the configured texts, for errors
};

}  // namespace rhoam::core
