/* SPDX-License-Identifier: GPL-2.0-only */

#include "gilbert-elliott-error-model.h"

#include "ns3/double.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <cmath>

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(GilbertElliottErrorModel);

TypeId
GilbertElliottErrorModel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::GilbertElliottErrorModel")
            .SetParent<ErrorModel>()
            .SetGroupName("Keepalive")
            .AddConstructor<GilbertElliottErrorModel>()
            .AddAttribute("GoodToBad",
                          "Probability, per packet, to move from the good to the bad state.",
                          DoubleValue(0.0),
                          MakeDoubleAccessor(&GilbertElliottErrorModel::m_goodToBad),
                          MakeDoubleChecker<double>(0.0, 1.0))
            .AddAttribute("BadToGood",
                          "Probability, per packet, to move from the bad to the good state.",
                          DoubleValue(1.0),
                          MakeDoubleAccessor(&GilbertElliottErrorModel::m_badToGood),
                          MakeDoubleChecker<double>(0.0, 1.0))
            .AddAttribute("LossInGood",
                          "Probability that a packet is lost in the good state.",
                          DoubleValue(0.0),
                          MakeDoubleAccessor(&GilbertElliottErrorModel::m_lossInGood),
                          MakeDoubleChecker<double>(0.0, 1.0))
            .AddAttribute("LossInBad",
                          "Probability that a packet is lost in the bad state.",
                          DoubleValue(1.0),
                          MakeDoubleAccessor(&GilbertElliottErrorModel::m_lossInBad),
                          MakeDoubleChecker<double>(0.0, 1.0))
            .AddAttribute("GoodTime",
                          "Mean time in the good state. With BadTime, the state moves with time "
                          "and not with packets; zero for packets.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&GilbertElliottErrorModel::m_goodTime),
                          MakeTimeChecker(Time(0)))
            .AddAttribute("BadTime",
                          "Mean time in the bad state, see GoodTime.",
                          TimeValue(Time(0)),
                          MakeTimeAccessor(&GilbertElliottErrorModel::m_badTime),
                          MakeTimeChecker(Time(0)));
    return tid;
}

GilbertElliottErrorModel::GilbertElliottErrorModel()
    : m_moves(CreateObject<UniformRandomVariable>()),
      m_losses(CreateObject<UniformRandomVariable>())
{
}

GilbertElliottErrorModel::~GilbertElliottErrorModel() = default;

int64_t
GilbertElliottErrorModel::AssignStreams(int64_t stream)
{
    m_moves->SetStream(stream);
    m_losses->SetStream(stream + 1);
    return 2;
}

bool
GilbertElliottErrorModel::DoCorrupt(Ptr<Packet>)
{
    // Both are drawn for every packet, so that runs with other probabilities stay comparable.
    const double move = m_moves->GetValue();
    const double loss = m_losses->GetValue();
    m_bad = m_bad != (move < GetMoveProbability());
    m_last = Simulator::Now();
    return loss < (m_bad ? m_lossInBad : m_lossInGood);
}

double
GilbertElliottErrorModel::GetMoveProbability() const
{
    if (m_goodTime.IsZero() || m_badTime.IsZero())
    {
        return m_bad ? m_badToGood : m_goodToBad;
    }
    // The transient of a chain with two states: what is left of where it was fades with the sum of
    // both rates.
    const double good = m_goodTime.GetSeconds();
    const double bad = m_badTime.GetSeconds();
    const double elapsed = (Simulator::Now() - m_last).GetSeconds();
    const double other = (m_bad ? good : bad) / (good + bad);
    return -other * std::expm1(-(1 / good + 1 / bad) * elapsed);
}

void
GilbertElliottErrorModel::DoReset()
{
    m_bad = false;
    m_last = Simulator::Now();
}

void
GilbertElliottErrorModel::DoDispose()
{
    m_moves = nullptr;
    m_losses = nullptr;
    ErrorModel::DoDispose();
}

} // namespace keepalive
} // namespace ns3
