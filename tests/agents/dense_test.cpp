#include "rhoam/agents/dense.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "rhoam/core/random.h"

namespace rhoam::agents {

namespace {

/// One layer with its padded buffers, filled at random; padding zero.
struct Problem {
  Problem(int rows, int in, int out) : shape{rows, in, out, padded(in), padded(out)} {
    core::Stream stream(3);
    x.resize(rows * padded(in));
    dy.resize(rows * padded(out));
    w.resize(in * out);
    b.resize(padded(out));
    for (int r = 0; r < rows; ++r) {
      for (int i = 0; i < in; ++i) x[r * padded(in) + i] = static_cast<float>(std::tanh(stream.normal()));
      for (int o = 0; o < out; ++o) dy[r * padded(out) + o] = static_cast<float>(stream.normal());
    }
    for (float& value : w) value = static_cast<float>(stream.normal() / std::sqrt(in));
    for (int o = 0; o < out; ++o) b[o] = static_cast<float>(stream.normal());
    packed.resize(in * padded(out));
    transposed.resize(out * padded(in));
  }
  DenseShape shape;
  std::vector<float> x, dy, w, b, packed, transposed;
};

struct Size {
  int rows, in, out;
};
void PrintTo(const Size& size, std::ostream* out) { *out << size.rows << 'x' << size.in << 'x' << size.out; }

class Dense : public testing::TestWithParam<Size> {};

TEST_P(Dense, ForwardMatchesThePlainSum) {
  for (const auto* kernels : runnable_kernels()) {
    Problem p(GetParam().rows, GetParam().in, GetParam().out);
    kernels->pack(p.shape.in, p.shape.out, p.w.data(), p.packed.data(), p.transposed.data());
    std::vector<float> y(p.dy.size());
    kernels->forward(p.shape, p.x.data(), p.packed.data(), p.b.data(), Activation::tanh, y.data());
    std::vector<float> narrow(p.dy.size());
    kernels->forward_narrow(p.shape, p.x.data(), p.transposed.data(), p.b.data(), Activation::tanh,
                            narrow.data());
    for (int r = 0; r < p.shape.rows; ++r)
      for (int o = 0; o < p.shape.out; ++o) {
        double z = p.b[o];
        for (int i = 0; i < p.shape.in; ++i)
          z += double{p.x[r * p.shape.x_stride + i]} * p.w[i * p.shape.out + o];
        EXPECT_NEAR(y[r * p.shape.y_stride + o], std::tanh(z), 2e-6) << kernels->name;
        EXPECT_NEAR(narrow[r * p.shape.y_stride + o], std::tanh(z), 2e-6) << kernels->name;
      }
  }
}

TEST_P(Dense, BackwardMatchesThePlainSums) {
  for (const auto* kernels : runnable_kernels()) {
    Problem p(GetParam().rows, GetParam().in, GetParam().out);
    const auto& s = p.shape;
    kernels->pack(s.in, s.out, p.w.data(), p.packed.data(), p.transposed.data());
    std::vector<float> dx(p.x.size()), dw(p.w.size(), 1.0f), db(s.out, 2.0f);
    std::vector<float> scratch((s.in + kNarrow) * padded(s.out) + kNarrow * padded(s.in));
    kernels->backward_input(s, p.dy.data(), p.transposed.data(), p.x.data(), Activation::softsign, dx.data());
    kernels->backward_weights(s, p.x.data(), p.dy.data(), dw.data(), db.data(), scratch.data());
    for (int r = 0; r < s.rows; ++r)
      for (int i = 0; i < s.in; ++i) {
        double sum = 0;
        for (int o = 0; o < s.out; ++o) sum += double{p.dy[r * s.y_stride + o]} * p.w[i * s.out + o];
        const double margin = 1 - std::abs(p.x[r * s.x_stride + i]);
        EXPECT_NEAR(dx[r * s.x_stride + i], sum * margin * margin, 1e-5) << kernels->name;
      }
    for (int i = 0; i < s.in; ++i)
      for (int o = 0; o < s.out; ++o) {
        double sum = 1;  // the kernels add to what is there
        for (int r = 0; r < s.rows; ++r) sum += double{p.x[r * s.x_stride + i]} * p.dy[r * s.y_stride + o];
        EXPECT_NEAR(dw[i * s.out + o], sum, 2e-5) << kernels->name;
      }
    for (int o = 0; o < s.out; ++o) {
      double sum = 2;
      for (int r = 0; r < s.rows; ++r) sum += p.dy[r * s.y_stride + o];
      EXPECT_NEAR(db[o], sum, 2e-5) << kernels->name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, Dense,
                         testing::Values(Size{1, 4, 64}, Size{7, 64, 64}, Size{64, 64, 2}, Size{13, 8, 33},
                                         Size{5, 3, 1}, Size{64, 17, 100}, Size{3, 1, 9}));

TEST(Dense, TanhIsAccurateToThreeUlpAndKeepsNan) {
  for (const auto* kernels : runnable_kernels()) {
    for (float x = -12; x < 12; x += 0.0137f) {
      float y = x;
      kernels->activate(1, Activation::tanh, &y);
      EXPECT_NEAR(y, std::tanh(double{x}), 3 * 6e-8 * std::abs(std::tanh(double{x}))) << x << kernels->name;
    }
    float nan = std::nanf(""), infinity = HUGE_VALF;
    kernels->activate(1, Activation::tanh, &nan);
    kernels->activate(1, Activation::tanh, &infinity);
    EXPECT_TRUE(std::isnan(nan)) << kernels->name;
    EXPECT_FLOAT_EQ(infinity, 1) << kernels->name;
  }
}

}  // namespace
}  // namespace rhoam::agents
