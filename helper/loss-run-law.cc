/* SPDX-License-Identifier: GPL-2.0-only */

#include "loss-run-law.h"

#include <cmath>
#include <limits>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double NEVER = std::numeric_limits<double>::infinity(); //!< there is no mistake

using Matrix = LossChain::Matrix;
using Vector = std::vector<double>; //!< a number for each state

/**
 * @brief A matrix of zeros.
 * @param size how many states
 * @return the matrix
 */
Matrix
Zeros(std::size_t size)
{
    return Matrix(size, Vector(size, 0));
}

/**
 * @brief A matrix times a column.
 * @param matrix the matrix
 * @param column the column; where the matrix is 0 it may be infinite
 * @return the product
 */
Vector
Times(const Matrix& matrix, const Vector& column)
{
    Vector product(column.size(), 0);
    for (std::size_t i = 0; i < column.size(); i++)
    {
        for (std::size_t j = 0; j < column.size(); j++)
        {
            product[i] += matrix[i][j] > 0 ? matrix[i][j] * column[j] : 0;
        }
    }
    return product;
}

/**
 * @brief A row times a matrix.
 * @param row the row
 * @param matrix the matrix
 * @return the product
 */
Vector
Times(const Vector& row, const Matrix& matrix)
{
    Vector product(row.size(), 0);
    for (std::size_t i = 0; i < row.size(); i++)
    {
        for (std::size_t j = 0; j < row.size(); j++)
        {
            product[j] += row[i] * matrix[i][j];
        }
    }
    return product;
}

/**
 * @brief Add to numbers.
 * @param to the numbers
 * @param more what is added to each
 */
void
Add(Vector& to, const Vector& more)
{
    for (std::size_t i = 0; i < to.size(); i++)
    {
        to[i] += more[i];
    }
}

/**
 * @brief One trial, and what follows it.
 * @param fail F
 * @param next what follows one that fails
 * @param succeed S
 * @return F next + S
 */
Matrix
Follow(const Matrix& fail, const Matrix& next, const Matrix& succeed)
{
    Matrix moves = succeed;
    for (std::size_t i = 0; i < moves.size(); i++)
    {
        Add(moves[i], Times(fail[i], next));
    }
    return moves;
}

/**
 * @brief The sum of weighted numbers.
 * @param weights the weights
 * @param values the numbers; where the weight is 0 one may be infinite
 * @return the sum
 */
double
Sum(const Vector& weights, const Vector& values)
{
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); i++)
    {
        sum += weights[i] > 0 ? weights[i] * values[i] : 0;
    }
    return sum;
}

/**
 * @brief Solve t = rewards + moves t, where what is missing in a row of moves leaves for good.
 *
 * The elimination of Grassmann, Taksar and Heyman (Operations Research 33(5), 1985): states are
 * taken out one by one, and the diagonal is what leads away, so that nothing is subtracted.
 *
 * @param moves probabilities to go from state to state
 * @param exits probabilities to leave; one with every row of moves
 * @param rewards what each stay in a state is worth, such as the trials of it
 * @return what is collected from each state on; infinite where it cannot be left
 */
Vector
Collect(Matrix moves, Vector exits, Vector rewards)
{
    const std::size_t size = rewards.size();
    Vector away = exits;
    for (std::size_t i = size - 1; i > 0; i--)
    {
        away[i] = exits[i];
        for (std::size_t j = 0; j < i; j++)
        {
            away[i] += moves[i][j];
        }
        for (std::size_t from = 0; from < i; from++)
        {
            if (moves[from][i] <= 0)
            {
                continue;
            }
            if (away[i] <= 0)
            {
                rewards[from] = NEVER;
                continue;
            }
            const double share = moves[from][i] / away[i];
            exits[from] += share * exits[i];
            rewards[from] += share * rewards[i];
            for (std::size_t j = 0; j < i; j++)
            {
                moves[from][j] += share * moves[i][j];
            }
        }
    }
    away[0] = exits[0];
    Vector collected(size, 0);
    for (std::size_t i = 0; i < size; i++)
    {
        double sum = rewards[i];
        for (std::size_t j = 0; j < i; j++)
        {
            sum += moves[i][j] > 0 ? moves[i][j] * collected[j] : 0;
        }
        collected[i] = away[i] > 0 ? sum / away[i] : NEVER;
    }
    return collected;
}

/**
 * @brief The law of the state in the long run, from state 0 on, by the same elimination.
 * @param moves probabilities to go from state to state
 * @return the probability of each state
 */
Vector
FindStationary(Matrix moves)
{
    const std::size_t size = moves.size();
    Vector away(size, 0);
    std::size_t first = 0; // lower ones are left for good
    for (std::size_t i = size - 1; i > first; i--)
    {
        bool entered = false;
        for (std::size_t j = 0; j < i; j++)
        {
            away[i] += moves[i][j];
            entered = entered || moves[j][i] > 0;
        }
        if (away[i] <= 0)
        {
            first = entered ? i : first;
            continue;
        }
        for (std::size_t from = 0; from < i; from++)
        {
            for (std::size_t j = 0; j < i; j++)
            {
                moves[from][j] += moves[from][i] / away[i] * moves[i][j];
            }
        }
    }
    Vector law(size, 0);
    law[first] = 1;
    double sum = 1;
    for (std::size_t i = first + 1; i < size; i++)
    {
        for (std::size_t from = first; from < i && away[i] > 0; from++)
        {
            law[i] += law[from] * moves[from][i] / away[i];
        }
        sum += law[i];
    }
    for (double& probability : law)
    {
        probability /= sum;
    }
    return law;
}

} // namespace

// ---- the law ----

LossRunLaw::LossRunLaw(uint64_t run, double loss)
    : LossRunLaw(run, LossChain::OfTrials(loss))
{
}

LossRunLaw::LossRunLaw(uint64_t run, const LossChain::Channel& channel)
    : LossRunLaw(run, LossChain::OfPackets(channel))
{
}

LossRunLaw::LossRunLaw(uint64_t run, const LossChain& chain)
    : m_run(run),
      m_chain(chain),
      m_hit(chain.fail.size(), 1)
{
    for (uint64_t trial = 0; trial < m_run; trial++)
    {
        m_hit = Times(m_chain.fail, m_hit);
    }
    FindTimes();
    FindLongRun();
}

void
LossRunLaw::FindTimes()
{
    const std::size_t size = m_hit.size();
    // t_c = trials + moves t_0, for c from k down to 0.
    Vector trials(size, 0);
    Matrix moves = Zeros(size);
    for (uint64_t failures = m_run; failures > 0; failures--)
    {
        trials = Times(m_chain.fail, trials);
        Add(trials, Vector(size, 1));
        moves = Follow(m_chain.fail, moves, m_chain.succeed);
    }
    m_times = Collect(moves, m_hit, trials);

    // With N' for what is left after a trial, E(N^2) = E((1 + N')^2) = 2 E(N) - 1 + E(N'^2).
    const Vector fresh = Times(m_chain.succeed, m_times);
    Vector times(size, 0);
    Vector squares(size, 0);
    for (uint64_t failures = m_run; failures > 0; failures--)
    {
        times = Times(m_chain.fail, times);
        squares = Times(m_chain.fail, squares);
        for (std::size_t i = 0; i < size; i++)
        {
            times[i] += 1 + fresh[i];
            squares[i] += 2 * times[i] - 1;
        }
    }
    m_squares = Collect(moves, m_hit, squares);
}

void
LossRunLaw::FindLongRun()
{
    Matrix moves = m_chain.fail;
    for (std::size_t i = 0; i < moves.size(); i++)
    {
        Add(moves[i], m_chain.succeed[i]);
    }
    m_long = FindStationary(moves);

    // After a success k failures in a row follow, and leave the chain in some state.
    m_mistaken = Times(m_long, m_chain.succeed);
    for (uint64_t trial = 0; trial < m_run; trial++)
    {
        m_mistaken = Times(m_mistaken, m_chain.fail);
    }
    m_rate = Sum(m_mistaken, Vector(m_mistaken.size(), 1));
}

double
LossRunLaw::FindAfterMistake(const Vector& values) const
{
    // On from there until a trial succeeds.
    const Vector ones(values.size(), 1);
    const Vector expected =
        Collect(m_chain.fail, Times(m_chain.succeed, ones), Times(m_chain.succeed, values));
    return Sum(m_mistaken, expected) / m_rate;
}

double
LossRunLaw::GetLoss() const
{
    return Sum(m_long, Times(m_chain.fail, Vector(m_long.size(), 1)));
}

// ---- the first mistake ----

double
LossRunLaw::GetMeanTrials(std::size_t state) const
{
    return m_times.at(state);
}

double
LossRunLaw::GetMeanTrialsFromStationary() const
{
    return Sum(m_long, m_times);
}

double
LossRunLaw::GetVarianceOfTrials(std::size_t state) const
{
    const double mean = m_times.at(state);
    return std::isinf(mean) ? NEVER : m_squares[state] - mean * mean;
}

double
LossRunLaw::GetSurvival(uint64_t trials, std::size_t state) const
{
    if (m_run == 0)
    {
        return 0;
    }
    const std::size_t size = m_hit.size();
    // How likely each state is after c failures in a row, at (begin + c) modulo k.
    std::vector<Vector> runs(m_run, Vector(size, 0));
    std::size_t begin = 0;
    runs[begin].at(state) = 1;
    double survival = 1;
    for (uint64_t trial = 0; trial < trials && survival > 0; trial++)
    {
        Vector any(size, 0);
        for (Vector& run : runs)
        {
            Add(any, run);
            run = Times(run, m_chain.fail);
        }
        // One failure more for all; the longest run would be a mistake, and makes room.
        begin = begin == 0 ? runs.size() - 1 : begin - 1;
        runs[begin] = Times(any, m_chain.succeed);
        survival = 0;
        for (const Vector& run : runs)
        {
            survival += Sum(run, Vector(size, 1));
        }
    }
    return survival;
}

// ---- one mistake after the other ----

double
LossRunLaw::GetMeanRecurrence() const
{
    return m_rate > 0 ? 1 / m_rate : NEVER;
}

double
LossRunLaw::GetMeanDuration() const
{
    const double mistaken = 1 - GetQueryAccuracy();
    return m_rate > 0 ? Sum(m_long, m_hit) / m_rate : mistaken > 0 ? NEVER : 0;
}

double
LossRunLaw::GetQueryAccuracy() const
{
    return 1 - Sum(m_long, m_hit);
}

double
LossRunLaw::GetMeanGoodPeriod() const
{
    return m_rate > 0 ? FindAfterMistake(m_times) : NEVER;
}

double
LossRunLaw::GetVarianceOfGoodPeriod() const
{
    if (m_rate <= 0)
    {
        return NEVER;
    }
    const double mean = FindAfterMistake(m_times);
    return FindAfterMistake(m_squares) - mean * mean;
}

double
LossRunLaw::GetMeanForwardGoodPeriod() const
{
    const double mean = GetMeanGoodPeriod();
    return std::isinf(mean) ? NEVER : (1 + GetVarianceOfGoodPeriod() / (mean * mean)) * mean / 2;
}

} // namespace keepalive
} // namespace ns3
