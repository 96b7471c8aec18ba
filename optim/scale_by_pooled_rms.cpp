#include "rhoam/optim/scale_by_pooled_rms.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <stdexcept>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/optim/kernel.h"
#include "rhoam/optim/sums.h"

namespace rhoam::optim {
namespace {

/// A run of parameters of one group within one block.
struct Piece {
  std::size_t group, begin, end;
  double sum = 0;  // of u² in this update
};

/// Cuts the vector wherever a group or a block begins; `begins` ends with the size.
template <class Scalar>
std::vector<Piece> cut(const std::vector<std::size_t>& begins) {
  std::vector<Piece> pieces;
  for (std::size_t group = 0; group + 1 < begins.size(); ++group)
    for (std::size_t begin = begins[group]; begin < begins[group + 1]; begin = pieces.back().end) {
      const std::size_t next_block = (begin / kBlockScalars<Scalar> + 1) * kBlockScalars<Scalar>;
      pieces.push_back({.group = group, .begin = begin, .end = std::min(begins[group + 1], next_block)});
    }
  return pieces;
}

/// The part of the block that this piece covers.
template <class Scalar>
Block<Scalar> part(Block<Scalar> block, const Piece& piece) {
  const std::size_t skipped = piece.begin - block.begin;
  block.begin = piece.begin;
  block.size = piece.end - piece.begin;
  for (const Scalar** array : {&block.theta, &block.gradient, &block.in}) *array += skipped;
  for (Scalar** array : {&block.out, &block.descend, &block.momentum.m})
    if (*array) *array += skipped;
  return block;
}

/// Runs RMSprop on the groups' root mean squares and divides the parameters of each group by its divisor.
template <class Scalar>
class ScaleByPooledRms final : public Transform<Scalar> {
 public:
  /// `begins` contains the first index of each group, then the size.
  ScaleByPooledRms(const RmsOptions& options, std::vector<std::size_t> begins)
      : begins_(std::move(begins)),
        pieces_(cut<Scalar>(begins_)),
        roots_(begins_.size() - 1),
        divisors_(begins_.size() - 1),
        rms_(scale_by_rms<Scalar>(options, roots_.size())) {}

  void begin(const Moment& moment) override { rms_->begin(moment); }
  bool reduces() const override { return true; }
  void reduce(const Block<Scalar>& block) override {
    for (Piece& piece : pieces_of(block))
      piece.sum = sum_of_squares(block.in + (piece.begin - block.begin), piece.end - piece.begin);
  }
  void finish(Moment&) override {
    auto piece = pieces_.begin();
    for (std::size_t group = 0; group < roots_.size(); ++group) {
      double sum = 0;
      for (; piece != pieces_.end() && piece->group == group; ++piece) sum += piece->sum;
      const auto count = static_cast<double>(begins_[group + 1] - begins_[group]);
      roots_[group] = static_cast<Scalar>(std::sqrt(sum / count));
    }
    const Scalar* in = roots_.data();  // the output is not used, only the divisors
    rms_->apply(
        {.begin = 0, .size = roots_.size(), .theta = in, .gradient = in, .in = in, .out = divisors_.data()});
    rms_->divisors(0, roots_, divisors_);
  }
  void apply(const Block<Scalar>& block) override {
    for (const Piece& piece : pieces_of(block)) {
      const Block<Scalar> run = part(block, piece);
      rewrite(run, [divisor = divisors_[piece.group]](std::size_t, Scalar u) {
        return divisor == 0 ? Scalar(0) : u / divisor;
      });
    }
  }

  void list_state(State<Scalar>& state) override { rms_->list_state(state); }
  double memory() const override { return rms_->memory(); }
  bool divisors(std::size_t begin, std::span<Scalar> root_v, std::span<Scalar> divisor) const override {
    for (std::size_t i = 0; i < root_v.size(); ++i) {
      const auto next = std::upper_bound(begins_.begin(), begins_.end(), begin + i);
      const auto group = static_cast<std::size_t>(next - begins_.begin()) - 1;
      rms_->divisors(group, root_v.subspan(i, 1), divisor.subspan(i, 1));
    }
    return true;
  }
  void rescale_v(double factor) override { rms_->rescale_v(factor); }

 private:
  std::span<Piece> pieces_of(const Block<Scalar>& block) {
    const auto at = [&](std::size_t begin) {
      return std::ranges::lower_bound(pieces_, begin, {}, &Piece::begin);
    };
    return {at(block.begin), at(block.begin + block.size)};
  }

  std::vector<std::size_t> begins_;
  std::vector<Piece> pieces_;
  std::vector<Scalar> roots_, divisors_;  // by group
  Stage<Scalar> rms_;
};

}  // namespace

template <class Scalar>
Stage<Scalar> scale_by_pooled_rms(const RmsOptions& options, const std::vector<std::size_t>& groups,
                                  std::size_t size) {
  if (options.centered)
    throw core::UsageError("centered needs a v for each parameter: leave it out where v is pooled");
  std::vector<std::size_t> begins = groups;
  begins.push_back(size);
  if (begins.front() != 0 || std::ranges::adjacent_find(begins, std::greater_equal()) != begins.end())
    throw std::invalid_argument("groups of parameters must begin at 0, increase and stay below the size");
  return std::make_unique<ScaleByPooledRms<Scalar>>(options, std::move(begins));
}

template Stage<float> scale_by_pooled_rms(const RmsOptions&, const std::vector<std::size_t>&, std::size_t);
template Stage<double> scale_by_pooled_rms(const RmsOptions&, const std::vector<std::size_t>&, std::size_t);

}  // namespace rhoam::optim
