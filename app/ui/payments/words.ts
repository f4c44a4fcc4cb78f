import { useT } from '~/i18n/use-t'

export const methods = ['cash', 'gcash', 'maya', 'bank', 'cheque', 'withholding'] as const
export const channels = ['counter', 'field', 'portal', 'gateway', 'import'] as const
export const stages = ['posted', 'remitted', 'unidentified', 'void'] as const

export type VoidKind = 'mistake' | 'bounced' | 'transferred'
export type Method = (typeof methods)[number]
export type Channel = (typeof channels)[number]
export type Stage = (typeof stages)[number]

/** The words for how, where and how far, and the same as options of a choice. */
export function usePaymentWords() {
  const t = useT('collections')
  return {
    method: (method: Method) => t(`method.${method}`),
    channel: (channel: Channel) => t(`channel.${channel}`),
    stage: (stage: Stage) => t(`stage.${stage}`),
    voidKind: (kind: VoidKind) => t(`void_kind.${kind}`),
    methodOptions: methods.map((method) => ({ value: method, label: t(`method.${method}`) })),
    channelOptions: channels.map((channel) => ({ value: channel, label: t(`channel.${channel}`) })),
    stageOptions: stages.map((stage) => ({ value: stage, label: t(`stage.${stage}`) })),
  }
}
