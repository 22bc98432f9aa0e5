/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_GILBERT_ELLIOTT_ERROR_MODEL_H
#define KEEPALIVE_GILBERT_ELLIOTT_ERROR_MODEL_H

#include "ns3/error-model.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Losses that come in bursts: the two-state Markov chain of Gilbert and Elliott.
 *
 * For every packet the state moves first, from good to bad with probability GoodToBad and back
 * with BadToGood; then the packet is lost with the probability of the state it moved to. In terms
 * of tc-netem's "loss gemodel p r 1-h 1-k": p = GoodToBad, r = BadToGood, 1-h = LossInBad,
 * 1-k = LossInGood. Mean burst length of losses with the defaults of the last two is 1/BadToGood,
 * mean loss GoodToBad / (GoodToBad + BadToGood).
 *
 * The chain moves with packets, not with time: it describes what keepalives see on a wire where
 * other packets are many. (ns-3's BurstErrorModel is a different process: there a new burst may
 * begin inside a running one.)
 *
 * With GoodTime and BadTime it moves with time instead, whether packets pass or not: the wire is
 * good and bad in turn, each for an exponential time with that mean, as one that has outages is.
 * What a packet meets then depends on how long ago the last one passed, so that probes in quick
 * succession share their fate.
 */
class GilbertElliottErrorModel : public ErrorModel
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    GilbertElliottErrorModel();
    ~GilbertElliottErrorModel() override;

    /**
     * @brief Fix the random streams.
     * @param stream first stream number to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream);

  private:
    bool DoCorrupt(Ptr<Packet> packet) override;
    void DoReset() override;
    void DoDispose() override;

    /**
     * @brief The probability that the state is the other one by now.
     * @return GoodToBad or BadToGood; for a chain that moves with time what has come of it since
     *         the last packet
     */
    double GetMoveProbability() const;

    double m_goodToBad{0};               //!< probability to move from good to bad
    double m_badToGood{1};               //!< probability to move from bad to good
    double m_lossInGood{0};              //!< loss probability in the good state
    double m_lossInBad{1};               //!< loss probability in the bad state
    Time m_goodTime;                     //!< mean time in the good state; 0: packets move it
    Time m_badTime;                      //!< mean time in the bad state; 0: packets move it
    Time m_last;                         //!< when the last packet passed
    bool m_bad{false};                   //!< the state
    Ptr<UniformRandomVariable> m_moves;  //!< moves of the state
    Ptr<UniformRandomVariable> m_losses; //!< losses, drawn for every packet
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_GILBERT_ELLIOTT_ERROR_MODEL_H */
