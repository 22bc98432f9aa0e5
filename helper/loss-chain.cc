/* SPDX-License-Identifier: GPL-2.0-only */

#include "loss-chain.h"

#include <cmath>

namespace ns3
{
namespace keepalive
{

namespace
{

using Matrix = LossChain::Matrix;

/**
 * @brief A matrix of zeros.
 * @param size how many states
 * @return the matrix
 */
Matrix
Zeros(std::size_t size)
{
    return Matrix(size, std::vector<double>(size, 0));
}

/**
 * @brief A matrix times a matrix.
 * @param left the left one
 * @param right the right one
 * @return the product
 */
Matrix
Times(const Matrix& left, const Matrix& right)
{
    Matrix product = Zeros(left.size());
    for (std::size_t i = 0; i < left.size(); i++)
    {
        for (std::size_t j = 0; j < left.size(); j++)
        {
            for (std::size_t k = 0; k < left.size(); k++)
            {
                product[i][k] += left[i][j] * right[j][k];
            }
        }
    }
    return product;
}

} // namespace

// ---- channels ----

double
LossChain::Channel::GetLoss() const
{
    const double moves = goodToBad + badToGood;
    const double bad = moves > 0 ? goodToBad / moves : 0;
    return (1 - bad) * lossGood + bad * lossBad;
}

LossChain::Channel
LossChain::Channel::OfBursts(double loss, double burst)
{
    return {loss / (burst * (1 - loss)), 1 / burst, 0, 1};
}

LossChain::Channel
LossChain::Channel::OfOutages(double goodTime, double badTime, double interval)
{
    const double moved = -std::expm1(-(1 / goodTime + 1 / badTime) * interval);
    return {badTime / (goodTime + badTime) * moved, goodTime / (goodTime + badTime) * moved, 0, 1};
}

// ---- chains ----

LossChain
LossChain::OfTrials(double loss)
{
    return {{{loss}}, {{1 - loss}}};
}

LossChain
LossChain::OfPackets(const Channel& channel)
{
    const double p = channel.goodToBad;
    const double r = channel.badToGood;
    const double loss[2] = {channel.lossGood, channel.lossBad};
    const double moves[2][2] = {{1 - p, p}, {r, 1 - r}};
    LossChain chain{Zeros(2), Zeros(2)};
    for (std::size_t i = 0; i < 2; i++)
    {
        for (std::size_t j = 0; j < 2; j++)
        {
            chain.fail[i][j] = moves[i][j] * loss[j];
            chain.succeed[i][j] = moves[i][j] * (1 - loss[j]);
        }
    }
    return chain;
}

LossChain
LossChain::OfRoundTrips(const Channel& there, const Channel& back)
{
    const LossChain request = OfPackets(there);
    const LossChain answer = OfPackets(back);
    const auto at = [](std::size_t thereBad, std::size_t backBad) {
        return 2 * thereBad + backBad;
    };
    LossChain chain{Zeros(4), Zeros(4)};
    for (const std::size_t i : {0, 1})
    {
        for (const std::size_t j : {0, 1})
        {
            for (const std::size_t k : {0, 1})
            {
                chain.fail[at(i, k)][at(j, k)] += request.fail[i][j];
                for (const std::size_t l : {0, 1})
                {
                    const double arrives = request.succeed[i][j];
                    chain.fail[at(i, k)][at(j, l)] += arrives * answer.fail[k][l];
                    chain.succeed[at(i, k)][at(j, l)] += arrives * answer.succeed[k][l];
                }
            }
        }
    }
    return chain;
}

LossChain
LossChain::OfMutualRoundTrips(const Channel& there, const Channel& back)
{
    const LossChain own = OfRoundTrips(there, back);
    const LossChain others = OfRoundTrips(back, there);
    // The other end's trial moves the same channels, whatever becomes of it. For that end what is
    // there for this one is back, so its states 1 and 2 are the other way round.
    constexpr std::size_t state[] = {0, 2, 1, 3};
    Matrix moves = Zeros(4);
    for (std::size_t i = 0; i < 4; i++)
    {
        for (std::size_t j = 0; j < 4; j++)
        {
            moves[state[i]][state[j]] = others.fail[i][j] + others.succeed[i][j];
        }
    }
    return {Times(own.fail, moves), Times(own.succeed, moves)};
}

} // namespace keepalive
} // namespace ns3
