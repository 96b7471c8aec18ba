#pragma once
#include <cassert>

#include "rhoam/core/errors.h"
#include "rhoam/envs/params.h"

namespace rhoam::envs {

/// Requirements on a world that moves by itself: a plain struct. All rows live in one such world, and an
/// episode is a single step: see something, act, be rewarded.
///  - `spec()`, `params()`: as for Env; `max_episode_steps` is 1
///  - `start(draws)`: the initial world, which depends only on the draws and the parameters; `move(draws)`:
///    advances it by one update
///  - `observe(out, draws)`: what a row sees in its next episode, observation_size() floats
///  - `reward(seen, action, draws)`, and `regret(seen, action)` as for Env
///  - `save(Words&) const`, `load(WordReader&)`: the state of the world; load throws CorruptError
///  - optional `void draw(DrawList&, seen, action) const`: the picture of the world and of what a row sees;
///    also of its action where the row is parked at its end, else `action` is empty
template <class W>
concept MovingWorld = requires(W world, const W constant, core::Draws& draws, std::span<float> out,
                               std::span<const float> in, Words& words, WordReader& reader) {
  { constant.spec() } -> std::convertible_to<EnvSpec>;
  { W::params() } -> std::convertible_to<std::span<const Param<W>>>;
  world.start(draws);
  world.move(draws);
  constant.observe(out, draws);
  { constant.reward(in, in, draws) } -> std::same_as<double>;
  { constant.regret(in, in) } -> std::same_as<double>;
  constant.save(words);
  world.load(reader);
};

/// True for moving worlds that can be drawn.
template <class W>
constexpr bool draws_answers() {
  return requires(const W world, DrawList& out, std::span<const float> in) { world.draw(out, in, in); };
}

/// N rows in one moving world. Its path depends only on the seed: it moves once per update, whatever the rows
/// do, with a stream of its own; row i draws what it sees and its reward's noise from the stream (seed, i).
/// Until the first reset it is at the start of seed 0.
template <MovingWorld W>
class SharedWorld final : public VectorEnv {
 public:
  /// Throws UsageError when `rows` is not positive.
  explicit SharedWorld(int rows) : spec_(W().spec()) {
    if (rows <= 0)
      throw core::UsageError("the number of environments must be positive, not " + std::to_string(rows));
    rows_.resize(static_cast<std::size_t>(rows));
    seen_.resize(rows_.size() * width());
    answers_.resize(rows_.size() * action_size());
    start(0);
  }

  const EnvSpec& spec() const override { return spec_; }
  int size() const override { return static_cast<int>(rows_.size()); }

  void reset(std::uint64_t seed, StepBatch& batch) override {
    batch.resize(size(), spec_.observation_size());
    start(seed);
    batch.obs = seen_;
  }

  void step(std::span<const float> actions, StepBatch& batch) override {
    batch.resize(size(), spec_.observation_size());
    batch.regret.resize(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (!rows_[i].parked) step_row(i, actions, batch);
  }

  void park(int row) override { rows_[row].parked = true; }
  void hold_ends() override { holds_ends_ = true; }

  void set_param(const std::string& name, double value) override {
    const auto* param = find_param<W>(name);
    if (param == nullptr || !allowed(*param, value)) refuse_param(spec_.id, params(), name, value);
    world_.*param->member = value;
  }

  std::vector<ParamInfo> params() const override { return param_infos(world_); }

  bool set_clocks(const core::Clocks& clocks) override {
    if (frozen_) return false;
    if (clocks.updates - moves_ > kMaxMoves)
      throw core::CorruptError("the world is " + std::to_string(clocks.updates - moves_) +
                               " updates behind its training");
    for (; moves_ < clocks.updates; ++moves_) world_.move(draws_);
    return false;
  }

  void save(core::Tensors& out, const std::string& prefix) const override {
    out.metadata[prefix + "/env"] = spec_.id;
    save_params(world_, out, prefix);
    Words shared, rows;
    world_.save(shared);
    shared.put(draws_.stream().state());
    shared.put(moves_);
    for (std::size_t i = 0; i < rows_.size(); ++i) save_row(i, rows);
    out.put(prefix + "/world", shared.words());
    out.put(prefix + "/rows", rows.words());
  }

  void load(const core::Tensors& in, const std::string& prefix) override {
    load_shared(in, prefix);
    frozen_ = false;
    const auto words = in.words(prefix + "/rows");
    WordReader reader(words);
    for (std::size_t i = 0; i < rows_.size(); ++i) load_row(i, reader);
    demand(reader.empty());
  }

  void load_world(const core::Tensors& in, const std::string& prefix) override {
    load_shared(in, prefix);
    frozen_ = true;
  }

  std::uint64_t state_hash() const override {
    Words words;
    for (const double value : param_values(world_)) words.put(value);
    world_.save(words);
    words.put(draws_.stream().state());
    words.put(moves_);
    for (std::size_t i = 0; i < rows_.size(); ++i) save_row(i, words);
    return hash_of(words);
  }

  void draw(int row, DrawList& out) const override {
    if constexpr (draws_answers<W>()) {
      const auto i = static_cast<std::size_t>(row);
      const std::size_t known = rows_[i].answered ? action_size() : 0;
      world_.draw(out, seen(i), std::span(answers_).subspan(i * action_size(), known));
    }
  }

 private:
  struct Row {
    core::StreamDraws draws;
    bool parked = false;
    bool answered = false;  ///< acted and was parked, so that its action can be drawn
  };

  /// More updates than a training makes between two steps; a damaged count would take for ever.
  static constexpr std::int64_t kMaxMoves = std::int64_t{1} << 22;

  std::size_t width() const { return spec_.observation.size(); }
  std::size_t action_size() const { return static_cast<std::size_t>(spec_.action.size()); }
  std::span<float> seen(std::size_t i) { return std::span(seen_).subspan(i * width(), width()); }
  std::span<const float> seen(std::size_t i) const { return std::span(seen_).subspan(i * width(), width()); }

  void start(std::uint64_t seed) {
    if (!frozen_) {
      draws_ = core::StreamDraws(core::Stream(seed, core::Purpose::world));
      world_.start(draws_);
      moves_ = 0;
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      rows_[i] = {.draws = core::StreamDraws(core::Stream(seed, core::Purpose::environment, i))};
      world_.observe(seen(i), rows_[i].draws);
    }
  }

  void step_row(std::size_t i, std::span<const float> actions, StepBatch& batch) {
    const auto action = actions.subspan(i * action_size(), action_size());
    assert(allowed(spec_.action, action));
    const double reward = world_.reward(seen(i), action, rows_[i].draws);
    batch.regret[i] = world_.regret(seen(i), action);
    batch.reward[i] = static_cast<float>(reward);
    batch.terminated[i] = true;
    batch.truncated[i] = false;
    batch.episode_return[i] = reward;
    batch.episode_length[i] = 1;
    std::ranges::copy(seen(i), batch.final_obs.begin() + static_cast<std::ptrdiff_t>(i * width()));
    if (holds_ends_)
      hold(i, action);
    else
      world_.observe(seen(i), rows_[i].draws);
    std::ranges::copy(seen(i), batch.obs.begin() + static_cast<std::ptrdiff_t>(i * width()));
  }

  void hold(std::size_t i, std::span<const float> action) {
    std::ranges::copy(action, answers_.begin() + static_cast<std::ptrdiff_t>(i * action_size()));
    rows_[i].parked = rows_[i].answered = true;
  }

  void save_row(std::size_t i, Words& out) const {
    out.put(std::uint64_t{rows_[i].parked});
    out.put(rows_[i].draws.stream().state());
    for (const float value : seen(i)) out.put(value);
  }

  void load_row(std::size_t i, WordReader& in) {
    rows_[i].parked = in.word() != 0;
    rows_[i].answered = false;
    rows_[i].draws.stream().set_state(in.stream());
    for (std::size_t d = 0; d < width(); ++d) {
      const float value = in.real32();
      demand(std::isfinite(value) && value >= spec_.observation[d].low && value <= spec_.observation[d].high);
      seen(i)[d] = value;
    }
  }

  void load_shared(const core::Tensors& in, const std::string& prefix) {
    demand_state_of(spec_.id, in, prefix);
    set_params(world_, load_params<W>(in, prefix));
    const auto words = in.words(prefix + "/world");
    WordReader reader(words);
    world_.load(reader);
    draws_.stream().set_state(reader.stream());
    moves_ = reader.integer();
    demand(moves_ >= 0 && reader.empty());
  }

  void demand(bool condition) const {
    if (!condition) throw core::CorruptError("the saved state cannot be one of " + spec_.id);
  }

  EnvSpec spec_;
  W world_;
  core::StreamDraws draws_;
  std::int64_t moves_ = 0;  ///< updates made so far
  bool frozen_ = false, holds_ends_ = false;
  std::vector<Row> rows_;
  std::vector<float> seen_;     ///< current observation of each row [N, D]
  std::vector<float> answers_;  ///< actions of rows parked at their end, for drawing only [N, A]
};

}  // namespace rhoam::envs
