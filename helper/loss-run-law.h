/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_LOSS_RUN_LAW_H
#define KEEPALIVE_LOSS_RUN_LAW_H

#include "loss-chain.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The closed form of k failures in a row: how many trials until loss alone feigns a failure,
 *        how many from one such mistake to the next, and how many it lasts.
 *
 * A trial is a keepalive that is sent, or a request and its answer. k trials in a row that fail are
 * a mistake, and the next one that does not ends it. All times are counted in trials: multiply by
 * the interval.
 *
 * Trials are those of a finite chain. A trial that begins in state i fails and ends in state j with
 * probability F(i,j), or succeeds and ends there with S(i,j) (LossChain). Independent trials are a
 * chain of one state (Feller, An Introduction to Probability Theory I, XIII.7); Gilbert's and
 * Elliott's channel has two states, and a round trip over two such channels has four. With t_c(i)
 * for the mean number of trials that are left in state i after c failures in a row,
 *
 *   t_c = 1 + F t_(c+1) + S t_0,  t_k = 0,
 *
 * which is linear in t_0. Likewise for the squares. Where pi is the stationary law of the state,
 * sigma = pi S and h = F^k 1, the probability that the next k trials fail,
 *
 *   E(T_MR) = 1 / (sigma h),  P_A = 1 - pi h,  E(T_M) = pi h / (sigma h).
 *
 * For independent trials that fail with probability q these are 1 / ((1-q) q^k), 1 - q^k and
 * 1 / (1-q), and the mean of the first mistake is (1-q^k) / ((1-q) q^k). For Gilbert's channel (all
 * is lost in the bad state, nothing in the good one) with s = (1-r)^(k-1) the first one has a mean
 * of (1/p + (1-s)/r) / s from the good state, and E(T_MR) = (p+r) / (r p s), E(T_M) = 1/r. All
 * digits of a mean hold however rare mistakes are: nothing is subtracted on the way.
 *
 * The first mistake and the time between mistakes are not the same: before the first, nothing has
 * failed and the channel is good; T_MR begins with a mistake that lasts.
 *
 * Free of ns-3: a law must not share code with what it judges.
 */
class LossRunLaw
{
  public:
    /**
     * @brief Independent trials.
     * @param run k, how many in a row must fail; 0: the mistake is there before any trial
     * @param loss q, probability that one fails, 0 to 1
     */
    LossRunLaw(uint64_t run, double loss);

    /**
     * @brief Packets in a channel.
     * @param run k, as above
     * @param channel what may lose them
     */
    LossRunLaw(uint64_t run, const LossChain::Channel& channel);

    /**
     * @brief Trials of any chain.
     * @param run k, as above
     * @param chain what decides them
     */
    LossRunLaw(uint64_t run, const LossChain& chain);

    /**
     * @brief The share of trials that fail in the long run.
     * @return q; more than the loss of packets if a trial needs several
     */
    double GetLoss() const;

    // ---- the first mistake ----

    /**
     * @brief Mean number of trials until the first run of failures is complete.
     * @param state before the first trial; 0: everything is good
     * @return E(N); infinite if it may never be
     */
    double GetMeanTrials(std::size_t state = 0) const;

    /**
     * @brief The same from a random instant on, as if what went before did not count.
     * @return E(N) over the stationary law of the state
     */
    double GetMeanTrialsFromStationary() const;

    /**
     * @brief Variance of the number of trials.
     * @param state before the first trial
     * @return V(N); infinite if the mean is
     */
    double GetVarianceOfTrials(std::size_t state = 0) const;

    /**
     * @brief The probability that no run of failures is complete yet. Takes time in proportion to
     *        trials and run.
     * @param trials n, how many there were
     * @param state before the first trial
     * @return P(N > n)
     */
    double GetSurvival(uint64_t trials, std::size_t state = 0) const;

    // ---- one mistake after the other ----

    /**
     * @brief Mean time from one mistake to the next.
     * @return E(T_MR), in trials; infinite if there is none
     */
    double GetMeanRecurrence() const;

    /**
     * @brief Mean time that a mistake lasts, from the last trial of the run to the first that
     *        succeeds.
     * @return E(T_M), in trials
     */
    double GetMeanDuration() const;

    /**
     * @brief The share of time in which there is no mistake.
     * @return P_A
     */
    double GetQueryAccuracy() const;

    /**
     * @brief Mean time from the end of a mistake to the next one.
     * @return E(T_G), in trials
     */
    double GetMeanGoodPeriod() const;

    /**
     * @brief Variance of that time.
     * @return V(T_G), in trials squared
     */
    double GetVarianceOfGoodPeriod() const;

    /**
     * @brief Mean time to the next mistake from a random instant at which there is none.
     * @return E(T_FG) = (1 + V(T_G) / E(T_G)^2) E(T_G) / 2, in trials
     */
    double GetMeanForwardGoodPeriod() const;

  private:
    using Vector = std::vector<double>; //!< a number for each state

    /// Fill in the times to a mistake, and their squares.
    void FindTimes();
    /// Fill in what holds in the long run.
    void FindLongRun();
    /**
     * @brief The mean of a quantity of the state in which a mistake ends. There must be mistakes.
     * @param values the quantity, for each state
     * @return its mean
     */
    double FindAfterMistake(const Vector& values) const;

    uint64_t m_run;    //!< k
    LossChain m_chain; //!< F and S
    Vector m_hit;      //!< h: the next k trials fail
    Vector m_times;    //!< t_0: mean number of trials to a mistake
    Vector m_squares;  //!< mean of the square of that number
    Vector m_long;     //!< pi: the state in the long run
    Vector m_mistaken; //!< sigma F^k: a mistake begins at a trial, in this state
    double m_rate{0};  //!< sigma h: mistakes for each trial
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_LOSS_RUN_LAW_H */
