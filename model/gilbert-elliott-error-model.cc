/* SPDX-License-Identifier: GPL-2.0-only */

#include "gilbert-elliott-error-model.h"

#include "ns3/double.h"
#include "ns3/packet.h"

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
                          MakeDoubleChecker<double>(0.0, 1.0));
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
    m_bad = m_bad ? move >= m_badToGood : move < m_goodToBad;
    return loss < (m_bad ? m_lossInBad : m_lossInGood);
}

void
GilbertElliottErrorModel::DoReset()
{
    m_bad = false;
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
